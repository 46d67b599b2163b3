import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, longText, text } from '../src/platform/database/schema.js';

/** A repeated POST answers what its first call answered, whichever process takes it. */
export class CreateIdempotencyKeys1764000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'idempotency_keys', {
      columns: [
        id(),
        text('caller', 100),
        text('key', 255),
        text('fingerprint', 64),
        integer('status'),
        longText('answer'),
        instant('created_at'),
      ],
      unique: { uq_idempotency_keys: ['caller', 'key'] },
      indices: { ix_idempotency_keys_created_at: ['created_at'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotency_keys');
  }
}
