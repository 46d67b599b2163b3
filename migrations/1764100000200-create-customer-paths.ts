import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, integer, keyReference } from '../src/platform/database/schema.js';

/** Who is below whom, at any depth, so that all below a customer are read in one indexed query; filled from the parents there are. */
export class CreateCustomerPaths1764100000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'customer_paths', {
      columns: [keyReference('ancestor_id'), keyReference('descendant_id'), integer('depth')],
      foreignKeys: {
        fk_customer_paths_ancestor: { column: 'ancestor_id', references: 'customers', onDelete: 'CASCADE' },
        fk_customer_paths_descendant: { column: 'descendant_id', references: 'customers', onDelete: 'CASCADE' },
      },
      indices: {
        ix_customer_paths_depth: ['ancestor_id', 'depth', 'descendant_id'],
        ix_customer_paths_descendant: ['descendant_id', 'depth', 'ancestor_id'],
      },
    });
    await createTable(runner, 'customer_trees', {
      columns: [keyReference('organization_id')],
      foreignKeys: { fk_customer_trees_organization: { column: 'organization_id', references: 'organizations', onDelete: 'CASCADE' } },
    });
    await runner.query('INSERT INTO customer_trees (organization_id) SELECT id FROM organizations');
    await runner.query('INSERT INTO customer_paths (ancestor_id, descendant_id, depth) SELECT id, id, 0 FROM customers');
    for (let depth = 0; await this.reaches(runner, depth); depth++) await this.deepen(runner, depth);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['customer_trees', 'customer_paths']) await runner.dropTable(table);
  }

  private async reaches(runner: QueryRunner, depth: number): Promise<boolean> {
    const found = (await runner.query('SELECT 1 FROM customer_paths WHERE depth = ? LIMIT 1', [depth])) as unknown[];
    return found.length > 0;
  }

  /** One level a statement: databases bound the depth of recursive queries. */
  private async deepen(runner: QueryRunner, depth: number): Promise<void> {
    await runner.query(
      `INSERT INTO customer_paths (ancestor_id, descendant_id, depth)
       SELECT above.ancestor_id, below.id, above.depth + 1
       FROM customer_paths above JOIN customers below ON below.parent_id = above.descendant_id
       WHERE above.depth = ?`,
      [depth],
    );
  }
}
