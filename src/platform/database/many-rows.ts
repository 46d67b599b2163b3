import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';

/*
 * Reads and writes of hundreds of rows at once. TypeORM's builders work through each value several times, which at this size costs more
 * than the statements themselves.
 */

type Column = EntityMetadata['columns'][number];

/** Rows of one statement: at 20 KB each, which no table of ours passes, below the 16 MiB that a MariaDB server takes. */
const CHUNK = 500;
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
  const ids: number[] = [];
  for (const chunk of chunksOf(rows, columns.length, onSqlite)) {
    const values = chunk.map((row) => columns.map((column) => persisted(driver, column, row[column.propertyName])));
    const answer: unknown = onSqlite
      ? await manager.query(`${head}${places(chunk.length, columns.length)}`, values.flat())
      : await manager.query(`${head}?`, [values]);
    if (metadata.generatedColumns.length > 0) ids.push(...(await idsOf(manager, answer, chunk.length, onSqlite)));
  }
  return ids;
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
  const version = driver.escape(columnOf(metadata, 'version').databaseName);
  const given = names.slice(1);
  for (const chunk of chunksOf(rows, columns.length, onSqlite)) {
    const values = chunk.flatMap((row) => columns.map((column) => persisted(driver, column, row[column.propertyName])));
    if (onSqlite)
      await manager.query(
        `WITH given (${names.join(', ')}) AS (VALUES ${places(chunk.length, columns.length)}) UPDATE ${table}
         SET ${given.map((name) => `${name} = given.${name}`).join(', ')}, ${version} = ${table}.${version} + 1
         FROM given WHERE given.id = ${table}.id`,
        values,
      );
    else
      await manager.query(
        `UPDATE (SELECT ${names.map((name) => `? AS ${name}`).join(', ')}
         ${`UNION ALL SELECT ${names.map(() => '?').join(', ')} `.repeat(chunk.length - 1)}) given STRAIGHT_JOIN ${table} kept ON kept.id = given.id
         SET ${given.map((name) => `kept.${name} = given.${name}`).join(', ')}, kept.${version} = kept.${version} + 1`,
        values,
      );
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
