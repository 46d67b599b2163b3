import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, text } from '../src/platform/database/schema.js';

/** Access tokens are JWTs, which nothing else could take back before they expire. */
export class CreateRevokedTokens1764000001800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'oauth_revoked_tokens', {
      columns: [id(), text('jti', 36), instant('expires_at')],
      unique: { uq_oauth_revoked_tokens_jti: ['jti'] },
      indices: { ix_oauth_revoked_tokens_expiry: ['expires_at'] },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('oauth_revoked_tokens');
  }
}
