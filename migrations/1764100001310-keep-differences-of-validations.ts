import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { columnFor, createTable, flag, id, integer, json, reference, text } from '../src/platform/database/schema.js';

/** A validation can tell what each row of its file would change. */
export class KeepDifferencesOfValidations1764100001310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = columnFor(runner, flag('differences'));
    const given = new TableColumn({ ...column, isNullable: true });
    await runner.addColumn('imports', given);
    await runner.query('UPDATE imports SET differences = 0');
    await runner.changeColumn('imports', given, new TableColumn(column));
    await createTable(runner, 'import_differences', {
      columns: [id(), reference('import_id'), integer('row_number'), text('outcome', 10), json('changes')],
      indices: { ix_import_differences_row: ['import_id', 'row_number', 'id'] },
      foreignKeys: { fk_import_differences_import: { column: 'import_id', references: 'imports', onDelete: 'CASCADE' } },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('import_differences');
    await runner.dropColumn('imports', 'differences');
  }
}
