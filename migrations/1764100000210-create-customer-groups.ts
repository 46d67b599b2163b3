import { type MigrationInterface, type QueryRunner, TableColumn, TableForeignKey, TableIndex } from 'typeorm';
import { columnFor, createTable, id, instant, nullable, reference, text, version } from '../src/platform/database/schema.js';

const TABLE = 'customers';
const GROUP = 'fk_customers_group';

const indexOn = (column: string) => [column, 'id', 'organization_id'];

const INDICES: Record<string, string[]> = {
  ix_customers_name_id: indexOn('name'),
  ix_customers_parent_id: indexOn('parent_id'),
  ix_customers_group_id: indexOn('group_id'),
  ix_customers_owner_id: indexOn('owner_id'),
  ix_customers_internal_rating: indexOn('internal_rating'),
  ix_customers_external_id: indexOn('external_id'),
  ix_customers_created_at: indexOn('created_at'),
  ix_customers_updated_at: indexOn('updated_at'),
};

const OLD: Record<string, string[]> = { ix_customers_parent: ['parent_id'], ix_customers_owner: ['owner_id'] };

/** Groups that customers are put in, and an index for each key that lists of customers are sorted by. */
export class CreateCustomerGroups1764100000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_groups', {
      columns: [id(), reference('organization_id'), text('name', 255), instant('created_at'), instant('updated_at'), version()],
      foreignKeys: {
        fk_customer_groups_organization: { column: 'organization_id', references: 'organizations', onDelete: 'RESTRICT' },
      },
      unique: { uq_customer_groups_name: ['organization_id', 'name'] },
    });
    await runner.addColumn(TABLE, new TableColumn(columnFor(runner, nullable(reference('group_id')))));
    await runner.createIndices(TABLE, indices(INDICES));
    await runner.createForeignKey(
      TABLE,
      new TableForeignKey({
        name: GROUP,
        columnNames: ['group_id'],
        referencedTableName: 'customer_groups',
        referencedColumnNames: ['id'],
        onDelete: 'RESTRICT',
        onUpdate: 'NO ACTION',
      }),
    );
    await runner.dropIndices(TABLE, indices(OLD));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.createIndices(TABLE, indices(OLD));
    await runner.dropForeignKey(TABLE, GROUP);
    await runner.dropIndices(TABLE, indices(INDICES));
    await runner.dropColumn(TABLE, 'group_id');
    await runner.dropTable('customer_groups');
  }
}

const indices = (named: Record<string, string[]>) =>
  Object.entries(named).map(([name, columnNames]) => new TableIndex({ name, columnNames }));
