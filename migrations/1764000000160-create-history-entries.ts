import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, json, nullable, reference, text } from '../src/platform/database/schema.js';

/** Who changed what, when and from where; no foreign keys, since the history outlives what it tells of. */
export class CreateHistoryEntries1764000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'history_entries', {
      columns: [
        id(),
        instant('at'),
        nullable(reference('organization_id')),
        text('entity', 60),
        reference('entity_id'),
        text('action', 60),
        text('actor_type', 20),
        nullable(reference('actor_id')),
        text('actor_name', 511),
        text('via', 30),
        nullable(text('ip', 45)),
        text('trace_id', 64),
        json('changes'),
      ],
      indices: {
        ix_history_entries_entity: ['entity', 'entity_id', 'id'],
        ix_history_entries_organization: ['organization_id', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('history_entries');
  }
}
