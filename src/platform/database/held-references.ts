import type { EntityManager, EntityMetadata } from 'typeorm';
import { isInserted } from './inserted-rows.js';

/** With fewer rows, MySQL's own checks cost less. */
const WORTH = 100;

type Row = Readonly<Record<string, unknown>>;

/**
 * Runs `insert`, which inserts these rows. On MySQL it locks what their foreign keys refer to once, as the server's checks would row by
 * row, and spares it those; where any is missing, the server finds that itself. Part of an open transaction, else the checks stay.
 */
export async function withHeldReferences<T>(
  manager: EntityManager,
  metadata: EntityMetadata,
  rows: readonly Row[],
  insert: () => Promise<T>,
): Promise<T> {
  const inTransaction = manager.queryRunner?.isTransactionActive === true;
  if (!inTransaction || rows.length < WORTH || metadata.foreignKeys.length === 0) return insert();
  if (!(await hold(manager, metadata, rows))) return insert();
  await manager.query('SET foreign_key_checks = 0');
  try {
    return await insert();
  } finally {
    await manager.query('SET foreign_key_checks = 1');
  }
}

/** False when any of them is not there. */
async function hold(manager: EntityManager, { foreignKeys }: EntityMetadata, rows: readonly Row[]): Promise<boolean> {
  const { driver } = manager.dataSource;
  for (const { columns, referencedColumns, referencedEntityMetadata } of foreignKeys) {
    const [[column, ...others], [referenced]] = [columns, referencedColumns];
    if (!column || !referenced || others.length > 0) return false;
    const isOwn = (id: unknown) => referenced.isGenerated && isInserted(manager.queryRunner, referencedEntityMetadata.tableName, id);
    const named = [...new Set(rows.map((row) => row[column.propertyName]))];
    const ids = named.filter((id) => id !== null && id !== undefined && !isOwn(id));
    if (ids.length === 0) continue;
    const name = driver.escape(referenced.databaseName);
    const found = await manager.query<unknown[]>(
      `SELECT ${name} FROM ${driver.escape(referencedEntityMetadata.tableName)} WHERE ${name} IN (?) LOCK IN SHARE MODE`,
      [ids],
    );
    if (found.length < ids.length) return false;
  }
  return true;
}
