import type { DataSource, QueryRunner } from 'typeorm';

/** Below so many rows, rebuilding indexes costs more than keeping them. */
const WORTHWHILE = 50_000;

/**
 * Runs `write` without the indexes of a table that its rows are not found by meanwhile: a server builds them in one go in a fraction of the
 * time in which it keeps them. SQLite is as quick with them.
 */
export async function withoutIndices(
  dataSource: DataSource,
  runner: QueryRunner,
  table: string,
  rows: number,
  write: () => Promise<void>,
): Promise<void> {
  const metadata = dataSource.entityMetadatas.find(({ tableName }) => tableName === table);
  if (!metadata || rows < WORTHWHILE || dataSource.options.type === 'better-sqlite3') return write();
  const referring = new Set(metadata.foreignKeys.map(({ columnNames: [column] }) => column));
  const dropped = metadata.indices.filter(({ isUnique, columns: [first] }) => !isUnique && !referring.has(first?.databaseName));
  const definition = (index: (typeof dropped)[number]) =>
    `ADD INDEX ${index.name} (${index.columns.map(({ databaseName }) => databaseName).join(', ')})`;
  await runner.query(`ALTER TABLE ${table} ${dropped.map(({ name }) => `DROP INDEX ${name}`).join(', ')}`);
  try {
    await write();
  } finally {
    await runner.query(`ALTER TABLE ${table} ${dropped.map(definition).join(', ')}`);
  }
}
