import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { columnFor, json, nullable } from '../src/platform/database/schema.js';

/** An import that goes on after a crash does not look through its whole file again. */
export class KeepWhatImportsFoundOut1764100001300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('imports', new TableColumn(columnFor(runner, nullable(json('scan')))));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('imports', 'scan');
  }
}
