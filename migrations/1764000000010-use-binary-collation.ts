import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * MySQL's default collations take `Zoe`, `zoe` and `Zoë` for the same text, SQLite does not. Every later table takes the database's
 * collation, so that both compare characters as they are; where case must not matter, a column keeps a normalised form.
 */
export class UseBinaryCollation1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (runner.connection.options.type === 'better-sqlite3') return;
    await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  }

  /** Leaves it: what the database's collation was before is not known, and no table is left that follows it. */
  async down(): Promise<void> {}
}
