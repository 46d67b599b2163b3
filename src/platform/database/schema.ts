import { type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

/** What migrations are written with: the same column kinds as `columns.ts`, each in the words of the database at hand. */

type Kind = Pick<TableColumnOptions, 'type' | 'length' | 'precision' | 'isPrimary' | 'isGenerated' | 'generationStrategy' | 'isNullable'>;

const column =
  (mysql: Kind, sqlite: Kind = mysql) =>
  (name: string) => ({ name, mysql, sqlite, nullable: false });

const idKind = { isPrimary: true, isGenerated: true, generationStrategy: 'increment' } as const;

export const id = (): PortableColumn => column({ type: 'bigint', ...idKind }, { type: 'integer', ...idKind })('id');
export const reference = column({ type: 'bigint' }, { type: 'integer' });
export const keyReference = column({ type: 'bigint', isPrimary: true }, { type: 'integer', isPrimary: true });
export const text = (name: string, length: number): PortableColumn => column({ type: 'varchar', length: String(length) })(name);
export const keyText = (name: string, length: number): PortableColumn =>
  column({ type: 'varchar', length: String(length), isPrimary: true })(name);
export const longText = column({ type: 'mediumtext' }, { type: 'text' });
export const bytes = column({ type: 'blob' });
export const integer = column({ type: 'int' }, { type: 'integer' });
export const bigInteger = column({ type: 'bigint' }, { type: 'integer' });
export const flag = column({ type: 'tinyint', length: '1' }, { type: 'boolean' });
export const instant = column({ type: 'datetime', precision: 6 });
export const json = column({ type: 'json' });
export const version = (): PortableColumn => integer('version');

/** The same column, allowed to be NULL. */
export const nullable = (portable: PortableColumn): PortableColumn => ({ ...portable, nullable: true });

export interface PortableColumn {
  name: string;
  mysql: Kind;
  sqlite: Kind;
  nullable: boolean;
}

export interface PortableTable {
  columns: PortableColumn[];
  /** `{ fk_customers_parent: { column: 'parent_id', references: 'customers', onDelete: 'RESTRICT' } }` */
  foreignKeys?: Record<string, { column: string; references: string; onDelete: 'RESTRICT' | 'CASCADE' | 'SET NULL' }>;
  /** Unique indices by name. */
  unique?: Record<string, string[]>;
  /** Other indices by name. */
  indices?: Record<string, string[]>;
}

export function columnFor(runner: QueryRunner, { name, mysql, sqlite, nullable: isNullable }: PortableColumn): TableColumnOptions {
  return { name, isNullable, ...(runner.connection.options.type === 'better-sqlite3' ? sqlite : mysql) };
}

export async function createTable(
  runner: QueryRunner,
  name: string,
  { columns, foreignKeys = {}, unique = {}, indices = {} }: PortableTable,
) {
  await runner.createTable(
    new Table({
      name,
      columns: columns.map((portable) => columnFor(runner, portable)),
      foreignKeys: Object.entries(foreignKeys).map(([key, { column: from, references, onDelete }]) => ({
        name: key,
        columnNames: [from],
        referencedTableName: references,
        referencedColumnNames: ['id'],
        onDelete,
        onUpdate: 'NO ACTION',
      })),
      indices: [
        ...Object.entries(unique).map(([key, columnNames]) => ({ name: key, columnNames, isUnique: true })),
        ...Object.entries(indices).map(([key, columnNames]) => ({ name: key, columnNames })),
      ],
    }),
  );
}
