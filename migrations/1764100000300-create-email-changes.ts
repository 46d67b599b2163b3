import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, instant, keyReference, text } from '../src/platform/database/schema.js';

/** The email addresses that people want in place of theirs, and who was warned that his own was registered with. */
export class CreateEmailChanges1764100000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'email_changes', {
      columns: [keyReference('customer_user_id'), text('new_email', 255), instant('requested_at'), instant('expires_at')],
      foreignKeys: { fk_email_changes_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' } },
      indices: { ix_email_changes_expires_at: ['expires_at'] },
    });
    await createTable(runner, 'registration_warnings', {
      columns: [keyReference('customer_user_id'), instant('warned_at')],
      foreignKeys: {
        fk_registration_warnings_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' },
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['registration_warnings', 'email_changes']) await runner.dropTable(table);
  }
}
