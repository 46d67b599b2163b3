import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'customer_user_roles';

const INDICES = Object.entries({
  ix_customer_user_roles_label: 'label',
  ix_customer_user_roles_code: 'code',
  ix_customer_user_roles_self_managed: 'self_managed',
  ix_customer_user_roles_public: 'public',
  ix_customer_user_roles_created: 'created_at',
  ix_customer_user_roles_updated: 'updated_at',
}).map(([name, column]) => new TableIndex({ name, columnNames: [column, 'id', 'organization_id'] }));

/** Customers make roles of their own, so there are as many as customers: an index for each key that lists filter and sort them by. */
export class IndexCustomerUserRoles1764100001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await runner.createIndex(TABLE, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of INDICES) await runner.dropIndex(TABLE, index);
  }
}
