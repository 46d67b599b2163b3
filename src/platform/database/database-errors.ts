import { type EntityManager, QueryFailedError } from 'typeorm';

interface DriverError {
  code?: string;
  message?: string;
}

const driverError = (error: unknown): DriverError | undefined =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : undefined;

/** Deadlocks and lock waits, which succeed when tried again. */
export function isTransient(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === 'ER_LOCK_DEADLOCK' || code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'SQLITE_BUSY' || code === 'ER_CHECKREAD';
}

/** The server stopped a statement that took longer than it may. */
export function isTimeout(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === 'ER_STATEMENT_TIMEOUT' || code === 'ER_QUERY_TIMEOUT';
}

export function isDuplicateKey(error: unknown): boolean {
  const code = driverError(error)?.code;
  return code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** A row that others refer to is deleted, or a reference leads nowhere. */
export function isBrokenReference(error: unknown): boolean {
  const code = driverError(error)?.code;
  if (code === 'ER_ROW_IS_REFERENCED_2' || code === 'ER_NO_REFERENCED_ROW_2' || code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return true;
  // SQLite carries RESTRICT out as a trigger; there are no other triggers.
  return code === 'SQLITE_CONSTRAINT_TRIGGER';
}

/**
 * The unique index that a duplicate violates. MySQL names it; SQLite names its columns, from which the entities' metadata give the name.
 */
export function duplicatedIndex(error: unknown, manager: EntityManager): string | undefined {
  if (!isDuplicateKey(error)) return undefined;
  const message = driverError(error)?.message ?? '';
  const named = /for key '(?:[^'.]+\.)?([^'.]+)'/.exec(message)?.[1];
  if (named) return named;
  const columns = /UNIQUE constraint failed: (.+)$/.exec(message)?.[1]?.split(', ');
  if (!columns) return undefined;
  const [table = ''] = (columns[0] ?? '').split('.');
  const wanted = columns.map((column) => column.slice(table.length + 1)).join();
  const metadata = manager.connection.entityMetadatas.find((entity) => entity.tableName === table);
  return metadata?.indices.find((index) => index.isUnique && index.columns.map((column) => column.databaseName).join() === wanted)?.name;
}

/**
 * Runs a write and turns the violation of a unique index into the same error that the polite check before it gives, so that
 * a lost race reads like a lost argument. `errors` maps index names to the errors of the domain.
 */
export async function refusingDuplicates<T>(
  manager: EntityManager,
  errors: Record<string, () => Error>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const index = duplicatedIndex(error, manager);
    const domainError = index === undefined ? undefined : errors[index];
    throw domainError ? domainError() : error;
  }
}
