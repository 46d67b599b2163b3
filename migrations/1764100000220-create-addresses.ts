import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, nullable, reference, text, version } from '../src/platform/database/schema.js';

const names = ['label', 'name_prefix', 'first_name', 'middle_name', 'last_name', 'name_suffix', 'company'];

/** The address books of customers and of their users in one table: an address's id is unique over both. */
export class CreateAddresses1764100000220 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'addresses', {
      columns: [
        id(),
        reference('organization_id'),
        nullable(reference('customer_id')),
        nullable(reference('customer_user_id')),
        ...names.map((name) => nullable(text(name, 255))),
        text('street', 500),
        nullable(text('street2', 500)),
        text('city', 255),
        text('postal_code', 255),
        text('country_code', 2),
        nullable(text('region_code', 10)),
        nullable(text('region_text', 255)),
        nullable(text('phone', 16)),
        ...['is_primary', 'billing', 'default_billing', 'shipping', 'default_shipping'].map(flag),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_addresses_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_addresses_customer: { column: 'customer_id', references: 'customers', onDelete: 'CASCADE' },
        fk_addresses_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' },
      },
      indices: {
        ix_addresses_organization: ['organization_id', 'id'],
        ix_addresses_customer: ['customer_id', 'id'],
        ix_addresses_customer_user: ['customer_user_id', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('addresses');
  }
}
