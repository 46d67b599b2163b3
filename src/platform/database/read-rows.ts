import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isTimeout } from './database-errors.js';

/** Milliseconds that a server may spend on one statement that a client's choice of filters makes. SQLite knows no such limit. */
const LONGEST_READ = 5_000;

/** A statement took longer than it may. */
export class ReadTooLong extends Error {}

/**
 * The rows of a query over one entity, as `getMany` answers them, and at a fraction of its cost: TypeORM's own way goes through
 * structures for joined entities, which takes longer than the statement itself. @throws ReadTooLong
 */
export async function readRows<T extends ObjectLiteral>(query: SelectQueryBuilder<T>): Promise<T[]> {
  const { metadata, name } = entityOf(query);
  const { driver } = query.dataSource;
  const [first, ...more] = await readRaw(query);
  if (!first) return [];
  const columns = metadata.columns.flatMap((column) => {
    const alias = `${name}_${column.databaseName}`;
    // Texts come as they are; every other kind is made of what the driver answers.
    return alias in first ? [{ column, alias, name: column.propertyName, isText: column.type === 'varchar' }] : [];
  });
  return [first, ...more].map((raw) => {
    const row = metadata.create() as Record<string, unknown>;
    for (const { column, alias, name: member, isText } of columns) {
      const value = raw[alias];
      row[member] = isText ? value : (driver.prepareHydratedValue(value, column) as unknown);
    }
    return row as T;
  });
}

/**
 * These members alone of the rows, as plain objects, with what the query selects beside them under names of its own: for who goes through
 * hundreds of thousands of rows. @throws ReadTooLong
 */
export async function readMembers<R extends object>(query: SelectQueryBuilder<ObjectLiteral>, members: readonly string[]): Promise<R[]> {
  const { metadata, name } = entityOf(query);
  const { driver } = query.dataSource;
  const columns = metadata.columns.filter(({ propertyName }) => members.includes(propertyName));
  const part = query.clone();
  part.expressionMap.selects = [
    ...columns.map(({ propertyName }) => ({ selection: `${name}.${propertyName}`, aliasName: propertyName })),
    ...part.expressionMap.selects.filter(({ aliasName }) => aliasName !== undefined),
  ];
  const rows = await readRaw<Record<string, unknown>>(part);
  for (const column of columns) {
    if (column.type === 'varchar') continue;
    const { propertyName: member } = column;
    for (const row of rows) row[member] = driver.prepareHydratedValue(row[member], column) as unknown;
  }
  return rows as R[];
}

/** What a query answers, column by column. @throws ReadTooLong */
export async function readRaw<R extends object = Record<string, unknown>>(query: SelectQueryBuilder<ObjectLiteral>): Promise<R[]> {
  const [sql, parameters] = query.getQueryAndParameters();
  const { type } = query.dataSource.options;
  // Each server has its own words for the limit, and SQLite none.
  const limited =
    type === 'mariadb'
      ? `SET STATEMENT max_statement_time=${LONGEST_READ / 1_000} FOR ${sql}`
      : type === 'mysql'
        ? sql.replace(/^SELECT /, `SELECT /*+ MAX_EXECUTION_TIME(${LONGEST_READ}) */ `)
        : sql;
  const { queryRunner } = query as unknown as { queryRunner?: { query(sql: string, parameters: unknown[]): Promise<R[]> } };
  try {
    return await (queryRunner ?? query.dataSource).query(limited, parameters as never);
  } catch (error) {
    throw isTimeout(error) ? new ReadTooLong() : error;
  }
}

function entityOf({ expressionMap: { mainAlias } }: SelectQueryBuilder<ObjectLiteral>) {
  if (!mainAlias?.hasMetadata) throw new Error('Only the rows of an entity are read so.');
  return mainAlias;
}
