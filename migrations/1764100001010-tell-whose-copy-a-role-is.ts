import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import { columnFor, nullable, reference } from '../src/platform/database/schema.js';

const TABLE = 'customer_user_roles';
const FOREIGN_KEY = 'fk_customer_user_roles_original';
const INDICES = Object.entries({
  uq_customer_user_roles_original: { columnNames: ['customer_key', 'original_id'], isUnique: true },
  ix_customer_user_roles_original: { columnNames: ['original_id'] },
}).map(([name, index]) => new TableIndex({ name, ...index }));

/** Of two people of a customer who edit a predefined role at once, one makes the copy: a customer has no second one of it. */
export class TellWhoseCopyARoleIs1764100001010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(TABLE, new TableColumn(columnFor(runner, nullable(reference('original_id')))));
    for (const index of INDICES) await runner.createIndex(TABLE, index);
    await runner.createForeignKey(
      TABLE,
      new TableForeignKey({
        name: FOREIGN_KEY,
        columnNames: ['original_id'],
        referencedTableName: TABLE,
        referencedColumnNames: ['id'],
        onDelete: 'SET NULL',
        onUpdate: 'NO ACTION',
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropForeignKey(TABLE, FOREIGN_KEY);
    for (const index of INDICES) await runner.dropIndex(TABLE, index);
    await runner.dropColumn(TABLE, 'original_id');
  }
}
