import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, integer, text } from '../src/platform/database/schema.js';

/** Failures to authenticate are counted for all processes together, whichever of them a source meets. */
export class CreateOAuthFailedTries1764000001810 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'oauth_failed_tries', {
      columns: [id(), text('bucket', 64), integer('failures'), instant('ends_at')],
      unique: { uq_oauth_failed_tries_bucket: ['bucket'] },
      indices: { ix_oauth_failed_tries_end: ['ends_at'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('oauth_failed_tries');
  }
}
