import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { columnFor, instant, nullable } from '../src/platform/database/schema.js';

const TABLE = 'oauth_secrets';

/** The owner of an application is told once that a secret is about to expire. */
export class NoteToldExpiries1764100001200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(TABLE, new TableColumn(columnFor(runner, nullable(instant('expiry_told_at')))));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, 'expiry_told_at');
  }
}
