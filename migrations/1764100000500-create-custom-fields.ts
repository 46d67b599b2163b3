import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, json, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** What organizations add to the members of customers and customer users. */
export class CreateCustomFields1764100000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'custom_fields', {
      columns: [
        id(),
        reference('organization_id'),
        text('entity', 20),
        text('name', 100),
        text('type', 20),
        flag('required'),
        nullable(json('options')),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: { fk_custom_fields_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' } },
      unique: { uq_custom_fields_name: ['organization_id', 'entity', 'name'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('custom_fields');
  }
}
