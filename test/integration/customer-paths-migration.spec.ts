import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { CreateCustomerPaths1764100000200 } from '../../migrations/1764100000200-create-customer-paths.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';

describe('The migration to who is below whom', () => {
  let database: EmptyDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await anEmptyDatabase();
    const before = migrations.slice(0, migrations.indexOf(CreateCustomerPaths1764100000200));
    dataSource = await openDataSource({ ...dataSourceOptions(database.settings), migrations: before });
    await dataSource.runMigrations();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('finds the paths of the customers that are there, however deep', async () => {
    const now = '2026-01-31 12:00:00';
    const stamps = "'" + [now, now].join("', '") + "'";
    await dataSource.query(
      `INSERT INTO organizations (id, name, enabled, created_at, updated_at, version) VALUES (1, 'Acme', 1, ${stamps}, 1)`,
    );
    const depth = 60;
    for (let id = 1; id <= depth; id++)
      await dataSource.query(
        `INSERT INTO customers (id, organization_id, name, parent_id, created_at, updated_at, version) VALUES (?, 1, 'Customer', ?, ${stamps}, 1)`,
        [id, id === 1 || id === depth ? null : id - 1],
      );

    const runner = dataSource.createQueryRunner();
    await new CreateCustomerPaths1764100000200().up(runner);
    await runner.release();

    const paths = await dataSource.query<Record<string, number | string>[]>('SELECT ancestor_id, descendant_id, depth FROM customer_paths');
    const found = paths.map((path) => `${path['ancestor_id']} ${path['descendant_id']} ${path['depth']}`);
    const chain = Array.from({ length: depth - 1 }, (_, n) => n + 1);
    const expected = chain.flatMap((id) => chain.slice(0, id).map((above) => `${above} ${id} ${id - above}`));
    expect(found.sort()).toEqual([...expected, `${depth} ${depth} 0`].sort());
  });
});
