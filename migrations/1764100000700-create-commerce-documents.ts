import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bigInteger, createTable, id, instant, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** Orders, quotes, quote requests and shopping lists: what holds a customer and his users in place. */
export class CreateCommerceDocuments1764100000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'commerce_documents', {
      columns: [
        id(),
        reference('organization_id'),
        text('kind', 20),
        text('external_id', 255),
        reference('customer_id'),
        nullable(reference('customer_user_id')),
        nullable(text('number', 255)),
        nullable(text('name', 255)),
        nullable(text('status', 60)),
        nullable(bigInteger('total_amount')),
        nullable(text('currency', 3)),
        instant('placed_at'),
        nullable(text('url', 500)),
        instant('created_at'),
        instant('updated_at'),
        version(),
      ],
      foreignKeys: {
        fk_commerce_documents_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_commerce_documents_customer: { column: 'customer_id', references: 'customers', onDelete: 'RESTRICT' },
        fk_commerce_documents_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'RESTRICT' },
      },
      unique: { uq_commerce_documents_external_id: ['kind', 'external_id', 'organization_id'] },
      indices: {
        ix_commerce_documents_organization: ['organization_id', 'kind', 'placed_at', 'id'],
        ix_commerce_documents_placed_at: ['kind', 'placed_at', 'id'],
        ix_commerce_documents_number: ['kind', 'number', 'id'],
        ix_commerce_documents_customer: ['customer_id', 'kind', 'placed_at', 'id'],
        ix_commerce_documents_customer_user: ['customer_user_id', 'kind', 'placed_at', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('commerce_documents');
  }
}
