import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** What `ix_history_entries_entity_at` finds as well: each import keeps it for every row. */
const INDEX = new TableIndex({ name: 'ix_history_entries_entity', columnNames: ['entity', 'entity_id', 'id'] });

export class DropDoubledHistoryIndex1764100002300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('history_entries', INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndex('history_entries', INDEX);
  }
}
