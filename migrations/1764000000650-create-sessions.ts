import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, nullable, reference, text } from '../src/platform/database/schema.js';

/** Logins that go on: any process can continue or end one. */
export class CreateSessions1764000000650 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'sessions', {
      columns: [
        id(),
        nullable(reference('user_id')),
        nullable(reference('customer_user_id')),
        integer('generation'),
        nullable(text('ip', 45)),
        nullable(text('user_agent', 255)),
        instant('created_at'),
        instant('last_used_at'),
        instant('expires_at'),
      ],
      foreignKeys: {
        fk_sessions_user: { column: 'user_id', references: 'users', onDelete: 'CASCADE' },
        fk_sessions_customer_user: { column: 'customer_user_id', references: 'customer_users', onDelete: 'CASCADE' },
      },
      indices: {
        ix_sessions_user: ['user_id'],
        ix_sessions_customer_user: ['customer_user_id'],
        ix_sessions_expires_at: ['expires_at'],
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sessions');
  }
}
