import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'ix_history_entries_at', columnNames: ['at', 'id'] });

/** The history is read since it is an API, also by time. The index grows at its end. */
export class IndexHistoryEntries1764100000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('history_entries', INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('history_entries', INDEX);
  }
}
