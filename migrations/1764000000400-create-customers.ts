import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, keyReference, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** The companies that customer users act for. */
export class CreateCustomers1764000000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customers', {
      columns: [
        id(),
        reference('organization_id'),
        text('name', 255),
        nullable(reference('parent_id')),
        nullable(reference('owner_id')),
        nullable(integer('internal_rating')),
        nullable(text('external_id', 255)),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_customers_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_customers_parent: { column: 'parent_id', references: 'customers', onDelete: 'RESTRICT' },
        fk_customers_owner: { column: 'owner_id', references: 'users', onDelete: 'RESTRICT' },
      },
      unique: { uq_customers_external_id: ['organization_id', 'external_id'] },
      indices: {
        ix_customers_name: ['organization_id', 'name', 'id'],
        ix_customers_parent: ['parent_id'],
        ix_customers_owner: ['owner_id'],
      },
    });
    await createTable(runner, 'customer_sales_representatives', {
      columns: [keyReference('customer_id'), keyReference('user_id')],
      foreignKeys: {
        fk_customer_sales_representatives_customer: { column: 'customer_id', references: 'customers', onDelete: 'CASCADE' },
        fk_customer_sales_representatives_user: { column: 'user_id', references: 'users', onDelete: 'CASCADE' },
      },
      indices: { ix_customer_sales_representatives_user: ['user_id'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['customer_sales_representatives', 'customers']) await runner.dropTable(table);
  }
}
