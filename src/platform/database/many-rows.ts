import { setImmediate } from 'node:timers/promises';
import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { withHeldReferences } from './held-references.js';
import { noteInserted } from './inserted-rows.js';
import { inTurn } from './in-turn.js';
import { RowValues } from './row-values.js';
import { telling } from './written-rows.js';

/*
 * Reads and writes of hundreds of rows at once. TypeORM's builders work through each value several times, which at this size costs more
 * than the statements themselves.
 */

type Column = EntityMetadata['columns'][number];

/** Rows of one statement: at 20 KB each, which no table of ours passes, below the 16 MiB that a MariaDB server takes. */
const CHUNK = 500;
/** Values of one INSERT on MySQL: the next one is made while it runs. */
const INSERTED = 10_000;
/** Its rows at most, however few columns they have. */
const MOST_INSERTED = 2_000;
/** What SQLite takes. */
const MOST_PARAMETERS = 32_766;

/**
 * Inserts rows, the members that are left out as NULL, and answers the ids that the database gave them, in their order. `orIgnore` is
 * for tables without such ids: what is there already stays.
 */
export async function insertMany<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly Partial<T>[],
  { orIgnore = false } = {},
): Promise<number[]> {
  const { metadata, driver, onSqlite } = tableOf(manager, entity);
  const columns = metadata.columns.filter(({ isGenerated }) => !isGenerated);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const verb = !orIgnore ? 'INSERT' : onSqlite ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
  const head = `${verb} INTO ${driver.escape(metadata.tableName)} (${names}) VALUES `;
  const given = { kind: 'INSERT', table: metadata.tableName, columns: columns.map(({ databaseName }) => databaseName) } as const;
  const send = (places: string, values: unknown[]) => manager.query<unknown>(telling(`${head}${places}`, given), values);
  const valuesOf = (chunk: readonly Partial<T>[]) =>
    chunk.map((row) => columns.map((column) => persisted(driver, column, row[column.propertyName])));
  const answers = onSqlite
    ? await inTurn(manager, () => insertOnSqlite(send, chunksOf(rows, columns.length, onSqlite).map(valuesOf)))
    : await insertOnMysql(manager, metadata, send, rows, valuesOf);
  if (metadata.generatedColumns.length === 0) return [];
  const ids: number[] = [];
  for (const { answer, count } of answers) ids.push(...(await idsOf(manager, answer, count, onSqlite)));
  noteInserted(manager, metadata, ids);
  return ids;
}

type Send = (places: string, values: unknown[]) => Promise<unknown>;

interface Inserted {
  readonly answer: unknown;
  readonly count: number;
}

async function insertOnSqlite(send: Send, chunks: readonly unknown[][][]): Promise<Inserted[]> {
  const answers: Inserted[] = [];
  for (const chunk of chunks) {
    const [count, columns] = [chunk.length, chunk[0]?.length ?? 0];
    answers.push({ answer: await send(places(count, columns), chunk.flat()), count });
  }
  return answers;
}

/** What is sent next is made while the server works, be it on the statement before or on that of another call. */
async function insertOnMysql<T extends ObjectLiteral>(
  manager: EntityManager,
  metadata: EntityMetadata,
  send: Send,
  rows: readonly Partial<T>[],
  valuesOf: (chunk: readonly Partial<T>[]) => unknown[][],
): Promise<Inserted[]> {
  if (rows.length === 0) return [];
  const size = Math.min(MOST_INSERTED, Math.ceil(INSERTED / metadata.columns.length));
  const made = (start: number) => new RowValues(valuesOf(rows.slice(start, start + size)));
  let next = made(0);
  const insert = async () => {
    const answers: Inserted[] = [];
    for (let start = 0; start < rows.length; start += size) {
      const count = next.rows.length;
      const sent = send('?', [next]);
      sent.catch(() => undefined);
      // The statement leaves before the next one is made.
      await setImmediate();
      if (start + size < rows.length) next = made(start + size);
      answers.push({ answer: await sent, count });
    }
    return answers;
  };
  return inTurn(manager, () => withHeldReferences(manager, metadata, rows, insert));
}

/** Writes these members of rows that are there, found by their ids, and counts their versions up. */
export async function updateMany<T extends ObjectLiteral & { id: number; version: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  rows: readonly T[],
  members: readonly (keyof T & string)[],
): Promise<void> {
  if (members.length === 0) return;
  const { metadata, driver, onSqlite } = tableOf(manager, entity);
  const columns = ['id', ...members].map((member) => columnOf(metadata, member));
  const names = columns.map(({ databaseName }) => driver.escape(databaseName));
  const table = driver.escape(metadata.tableName);
  const { databaseName: counted } = columnOf(metadata, 'version');
  const version = driver.escape(counted);
  const given = { kind: 'UPDATE', table: metadata.tableName, columns: columns.map(({ databaseName }) => databaseName), counted } as const;
  const set = names.slice(1);
  for (const chunk of chunksOf(rows, columns.length, onSqlite)) {
    const values = chunk.flatMap((row) => columns.map((column) => persisted(driver, column, row[column.propertyName])));
    const sql = onSqlite
      ? `WITH given (${names.join(', ')}) AS (VALUES ${places(chunk.length, columns.length)}) UPDATE ${table}
         SET ${set.map((name) => `${name} = given.${name}`).join(', ')}, ${version} = ${table}.${version} + 1
         FROM given WHERE given.id = ${table}.id`
      : `UPDATE (SELECT ${names.map((name) => `? AS ${name}`).join(', ')}
         ${`UNION ALL SELECT ${names.map(() => '?').join(', ')} `.repeat(chunk.length - 1)}) given STRAIGHT_JOIN ${table} kept ON kept.id = given.id
         SET ${set.map((name) => `kept.${name} = given.${name}`).join(', ')}, kept.${version} = kept.${version} + 1`;
    await manager.query(telling(sql, given), values);
  }
}

interface Among<T> {
  /** All of the rows have these. */
  readonly where?: Partial<T>;
  readonly forUpdate?: boolean;
  /** Read alone; the members of the others are left out. */
  readonly select?: readonly (keyof T & string)[];
}

/** The rows one of whose members is among `values`, in the order of that member. */
export async function findMany<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  member: keyof T & string,
  values: readonly (string | number)[],
  { where = {}, forUpdate = false, select }: Among<T> = {},
): Promise<T[]> {
  if (values.length === 0) return [];
  const { metadata, driver, onSqlite } = tableOf(manager, entity);
  const columns = select ? select.map((name) => columnOf(metadata, name)) : metadata.columns;
  const nameOf = (name: string) => driver.escape(columnOf(metadata, name).databaseName);
  const list = columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
  const conditions = Object.keys(where).map((name) => `${nameOf(name)} = ? AND `);
  const lock = forUpdate && !onSqlite ? ' FOR UPDATE' : '';
  const found: T[] = [];
  for (const chunk of chunksOf(values, 1, onSqlite)) {
    const among = onSqlite ? chunk.map(() => '?').join(', ') : '?';
    const raws = await manager.query<Record<string, unknown>[]>(
      `SELECT ${list} FROM ${driver.escape(metadata.tableName)} WHERE ${conditions.join('')}${nameOf(member)} IN (${among}) ORDER BY ${nameOf(member)}${lock}`,
      [...(Object.values(where) as unknown[]), ...(onSqlite ? chunk : [chunk])],
    );
    for (const raw of raws) found.push(hydrated<T>(driver, metadata, columns, raw));
  }
  return found;
}

function tableOf<T extends ObjectLiteral>(manager: EntityManager, entity: EntityTarget<T>) {
  const { dataSource } = manager;
  return { metadata: dataSource.getMetadata(entity), driver: dataSource.driver, onSqlite: dataSource.options.type === 'better-sqlite3' };
}

type Driver = ReturnType<typeof tableOf>['driver'];

function columnOf(metadata: EntityMetadata, member: string): Column {
  const column = metadata.findColumnWithPropertyName(member);
  if (!column) throw new Error(`${metadata.name} has no member ${member}.`);
  return column;
}

/** A value as the driver takes it; most kinds of columns take it as it is. */
function persisted(driver: Driver, column: Column, value: unknown): unknown {
  if (value === undefined || value === null) return column.isVersion ? 1 : null;
  if (typeof value === 'string' && column.type !== 'json') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return driver.preparePersistentValue(value, column) as unknown;
}

function hydrated<T extends ObjectLiteral>(
  driver: Driver,
  metadata: EntityMetadata,
  columns: readonly Column[],
  raw: Record<string, unknown>,
): T {
  const row = metadata.create() as Record<string, unknown>;
  for (const column of columns) {
    const value = raw[column.databaseName];
    row[column.propertyName] =
      typeof value === 'string' && column.type === 'varchar' ? value : (driver.prepareHydratedValue(value, column) as unknown);
  }
  return row as T;
}

const places = (rows: number, columns: number): string =>
  Array(rows)
    .fill(`(${Array(columns).fill('?').join(', ')})`)
    .join(', ');

function chunksOf<R>(rows: readonly R[], columns: number, onSqlite: boolean): R[][] {
  const size = onSqlite ? Math.min(CHUNK, Math.floor(MOST_PARAMETERS / columns)) : CHUNK;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));
}

/**
 * An INSERT whose rows are counted beforehand gets ids in a row: InnoDB reserves them at once in each of its lock modes, and SQLite writes
 * alone. MySQL tells the first, SQLite the last.
 */
async function idsOf(manager: EntityManager, answer: unknown, count: number, onSqlite: boolean): Promise<number[]> {
  if (onSqlite) return Array.from({ length: count }, (_, i) => Number(answer) - count + 1 + i);
  const step = await stepOf(manager);
  const first = Number((answer as { insertId: number | string }).insertId);
  return Array.from({ length: count }, (_, i) => first + i * step);
}

const steps = new WeakMap<object, number>();

/** 1, but on a server of a cluster. */
async function stepOf(manager: EntityManager): Promise<number> {
  let step = steps.get(manager.dataSource);
  if (step === undefined) {
    const [row] = await manager.query<{ step: number | string }[]>('SELECT @@auto_increment_increment AS step');
    step = Number(row?.step ?? 1);
    steps.set(manager.dataSource, step);
  }
  return step;
}
