import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, text } from '../src/platform/database/schema.js';

/** What counts towards a lock-out, apart from the log of attempts: few rows, read from one index whatever the log has grown to. */
export class CreateLoginFailures1764100000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'login_failures', {
      columns: [id(), text('side', 20), text('username_key', 255), text('ip', 45), instant('at')],
      indices: {
        ix_login_failures_username: ['side', 'username_key', 'id'],
        ix_login_failures_ip: ['side', 'ip', 'id'],
        ix_login_failures_at: ['at', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('login_failures');
  }
}
