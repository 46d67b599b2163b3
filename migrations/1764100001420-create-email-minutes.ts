import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, keyReference } from '../src/platform/database/schema.js';

/** Mails are counted by the minute, over all processes, so that no mail server drowns in the welcomes of an import. */
export class CreateEmailMinutes1764100001420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'email_minutes', { columns: [keyReference('minute'), integer('sent'), integer('booked')] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('email_minutes');
  }
}
