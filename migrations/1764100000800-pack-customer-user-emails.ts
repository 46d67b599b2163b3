import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bytes, createTable, keyReference } from '../src/platform/database/schema.js';

/** A part of an email address has no index. Packed, sixty-four addresses are looked through at the cost of a few rows. */
export class PackCustomerUserEmails1764100000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_user_email_blocks', { columns: [keyReference('block'), bytes('emails')] });
    await createTable(runner, 'customer_user_unpacked_emails', { columns: [keyReference('customer_user_id')] });
    // Housekeeping packs them.
    await runner.query('INSERT INTO customer_user_unpacked_emails (customer_user_id) SELECT id FROM customer_users');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('customer_user_unpacked_emails');
    await runner.dropTable('customer_user_email_blocks');
  }
}
