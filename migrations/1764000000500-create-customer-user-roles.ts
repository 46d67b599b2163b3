import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, json, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** Roles of customer users; who has which comes with the customer users. */
export class CreateCustomerUserRoles1764000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_user_roles', {
      columns: [
        id(),
        reference('organization_id'),
        nullable(reference('customer_id')),
        reference('customer_key'),
        text('label', 255),
        text('code', 255),
        flag('self_managed'),
        flag('public'),
        text('root', 20),
        json('matrix'),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_customer_user_roles_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_customer_user_roles_customer: { column: 'customer_id', references: 'customers', onDelete: 'RESTRICT' },
      },
      unique: {
        uq_customer_user_roles_label: ['organization_id', 'customer_key', 'label'],
        uq_customer_user_roles_code: ['organization_id', 'code'],
      },
      indices: { ix_customer_user_roles_customer: ['customer_id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('customer_user_roles');
  }
}
