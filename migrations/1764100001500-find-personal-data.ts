import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDICES = {
  history_entries: { name: 'ix_history_entries_actor', columnNames: ['actor_type', 'actor_id', 'id'] },
  login_attempts: { name: 'ix_login_attempts_customer_user', columnNames: ['customer_user_id', 'id'] },
};

/** People are erased: their rows say so, and what they did and tried is found by an index. */
export class FindPersonalData1764100001500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // As a statement, because TypeORM would copy the whole table on SQLite.
    await runner.query('ALTER TABLE customer_users ADD COLUMN erased_at datetime(6) NULL');
    for (const [table, index] of Object.entries(INDICES)) await runner.createIndex(table, new TableIndex(index));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, { name }] of Object.entries(INDICES)) await runner.dropIndex(table, name);
    await runner.query('ALTER TABLE customer_users DROP COLUMN erased_at');
  }
}
