import type { MigrationInterface, QueryRunner } from 'typeorm';

const HOLDERS = ['customers', 'customer_users'];

/** The values of custom fields, in the rows that have them, so that a page reads them with its rows. */
export class AddCustomFieldValues1764100000510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // NULL for none: MySQL gives JSON no default. As statements, because TypeORM would copy the whole table on SQLite.
    for (const table of HOLDERS) await runner.query(`ALTER TABLE ${table} ADD COLUMN custom_fields json NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of HOLDERS) await runner.query(`ALTER TABLE ${table} DROP COLUMN custom_fields`);
  }
}
