import { Column, type ColumnOptions, PrimaryColumn, type ValueTransformer, VersionColumn } from 'typeorm';

/**
 * The column kinds of every entity. They hold on SQLite and MySQL alike: what a kind becomes on each is decided here and in
 * `schema.ts`, nowhere else.
 */

// MySQL's driver answers bigint as text. Every id is below 2^53.
const asNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null || value === undefined ? value : Number(value)),
};

/** Milliseconds are kept; the application sets every instant. */
const INSTANT = { type: 'datetime', precision: 6 } as const;

type Options = Pick<ColumnOptions, 'nullable' | 'name' | 'default'>;

/** The primary key, given by the database. */
export const Id = (): PropertyDecorator => Column({ type: 'bigint', primary: true, generated: 'increment', transformer: asNumber });

/** The id of another row. */
export const Reference = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'bigint', transformer: asNumber });

/** A reference that is part of the primary key. */
export const KeyReference = (): PropertyDecorator => PrimaryColumn({ type: 'bigint', transformer: asNumber });

/** Text of up to `length` characters, compared byte by byte. */
export const Text = (length: number, options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'varchar', length: String(length) });

/** Text of up to 16 MiB. */
export const LongText = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'mediumtext' });

/** Text of up to 64 KiB that nobody reads but SQL: MySQL looks through its bytes, which is faster than through its letters. */
export const Bytes = (): PropertyDecorator => Column({ type: 'blob' });

export const Integer = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'int' });

/** A count that may pass 2^31, such as bytes. */
export const BigInteger = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'bigint', transformer: asNumber });

export const Flag = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'boolean' });

export const Instant = (options: Options = {}): PropertyDecorator => Column({ ...options, ...INSTANT });

/** A structure that is read and written whole. Type the member as a concrete interface. */
export const Json = (options: Options = {}): PropertyDecorator => Column({ ...options, type: 'json' });

/** Counts the changes of a row; its `ETag`. */
export const Version = (): PropertyDecorator => VersionColumn({ type: 'int' });
