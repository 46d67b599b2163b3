import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, nullable, reference, text } from '../src/platform/database/schema.js';

/** The log of everybody who got in, or tried to. */
export class CreateLoginAttempts1764000000250 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'login_attempts', {
      columns: [
        id(),
        instant('at'),
        flag('success'),
        nullable(text('reason', 60)),
        text('source', 20),
        nullable(text('side', 20)),
        text('username', 255),
        text('username_key', 255),
        nullable(reference('organization_id')),
        nullable(reference('user_id')),
        nullable(reference('customer_user_id')),
        nullable(text('user', 511)),
        nullable(text('ip', 45)),
        nullable(text('user_agent', 255)),
      ],
      indices: {
        ix_login_attempts_at: ['at', 'id'],
        ix_login_attempts_organization: ['organization_id', 'id'],
        ix_login_attempts_username: ['username_key', 'id'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('login_attempts');
  }
}
