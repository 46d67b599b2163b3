import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is agreed to may stand on a page of its own. As statements, because TypeORM would copy the table on SQLite. */
export class LetConsentsBeLinks1764100001700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE consents ADD COLUMN kind varchar(10) NOT NULL DEFAULT 'text'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE consents DROP COLUMN kind');
  }
}
