import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, longText, nullable, reference, text, version } from '../src/platform/database/schema.js';

/** A mail is a row before it is sent, so that none is lost, and its delivery can be looked up afterwards. */
export class CreateEmails1764000000900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'emails', {
      columns: [
        id(),
        reference('organization_id'),
        text('template', 100),
        nullable(text('to_name', 255)),
        text('to_address', 320),
        text('from_name', 255),
        text('from_address', 320),
        nullable(text('subject', 998)),
        nullable(longText('text')),
        nullable(longText('html')),
        text('status', 12),
        integer('attempts'),
        text('message_id', 255),
        nullable(text('dedupe_key', 190)),
        nullable(longText('sealed_context')),
        nullable(longText('last_error')),
        nullable(text('response', 1000)),
        nullable(reference('customer_user_id')),
        nullable(reference('user_id')),
        instant('created_at'),
        nullable(instant('sent_at')),
        version(),
      ],
      foreignKeys: {
        fk_emails_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
        fk_emails_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'SET NULL' },
        fk_emails_user: { column: 'user_id', references: 'users', onDelete: 'SET NULL' },
      },
      unique: { uq_emails_message_id: ['message_id'], uq_emails_dedupe_key: ['dedupe_key'] },
      indices: {
        ix_emails_created_at: ['organization_id', 'created_at'],
        ix_emails_to_address: ['organization_id', 'to_address'],
        ix_emails_status: ['organization_id', 'status', 'created_at'],
        ix_emails_customer_user: ['customer_user_id', 'created_at'],
        ix_emails_user: ['user_id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('emails');
  }
}
