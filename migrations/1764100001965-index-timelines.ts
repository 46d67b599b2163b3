import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDICES = {
  history_entries: { name: 'ix_history_entries_entity_at', columnNames: ['entity', 'entity_id', 'at', 'id'] },
  login_attempts: { name: 'ix_login_attempts_customer_user_at', columnNames: ['customer_user_id', 'at', 'id'] },
};

/** Timelines of customer users go by time, whatever the order in which things were written down. */
export class IndexTimelines1764100001965 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, index] of Object.entries(INDICES)) await runner.createIndex(table, new TableIndex(index));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, { name }] of Object.entries(INDICES)) await runner.dropIndex(table, name);
  }
}
