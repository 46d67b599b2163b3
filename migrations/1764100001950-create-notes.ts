import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, longText, nullable, reference, version } from '../src/platform/database/schema.js';

/** What the merchant writes down about customer users. */
export class CreateNotes1764100001950 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'notes', {
      columns: [
        id(),
        reference('organization_id'),
        reference('customer_user_id'),
        nullable(reference('owner_id')),
        longText('text'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_notes_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_notes_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'RESTRICT' },
        fk_notes_owner: { column: 'owner_id', references: 'users', onDelete: 'SET NULL' },
      },
      indices: {
        ix_notes_organization: ['organization_id', 'id'],
        ix_notes_created_at: ['customer_user_id', 'created_at', 'id'],
        ix_notes_updated_at: ['customer_user_id', 'updated_at', 'id'],
        ix_notes_owner: ['owner_id', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notes');
  }
}
