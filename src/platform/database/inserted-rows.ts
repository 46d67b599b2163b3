import type { EntityManager, EntityMetadata, QueryRunner } from 'typeorm';
import { currentTransaction, type TransactionScope } from './transaction-scope.js';

/** Whether the row with this id was made in the open unit of work, whose connection this is. What a rehearsal made goes with it. */
export const isInserted = (queryRunner: QueryRunner | undefined, table: string, id: unknown): boolean =>
  scopeOf(queryRunner)?.inserted.get(table)?.has(id) ?? false;

/** Remembers rows of a table with generated ids for {@link isInserted}. */
export function noteInserted({ queryRunner }: EntityManager, { tableName }: EntityMetadata, ids: readonly number[]): void {
  const inserted = scopeOf(queryRunner)?.inserted;
  if (!inserted) return;
  const noted = inserted.get(tableName) ?? new Set();
  for (const id of ids) noted.add(id);
  inserted.set(tableName, noted);
}

function scopeOf(queryRunner: QueryRunner | undefined): TransactionScope | undefined {
  const scope = currentTransaction();
  return queryRunner && scope?.manager.queryRunner === queryRunner ? scope : undefined;
}
