import { readdirSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';
import { entitiesOfTheProduct } from '../support/entities.js';

/** A server syncs its files for each table that is made or dropped, thrice over all of them. */
const SLOW_DISK = 60_000;

describe('The migrations', () => {
  let database: EmptyDatabase;
  let dataSource: DataSource;

  beforeEach(async () => {
    database = await anEmptyDatabase();
    dataSource = await openDataSource({ ...dataSourceOptions(database.settings), entities: await entitiesOfTheProduct() });
  });
  afterEach(async () => {
    try {
      await dataSource.destroy();
    } finally {
      await database.drop();
    }
  });

  const drift = async () => (await dataSource.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
  const tables = async () => {
    const listed =
      database.settings.kind === 'sqlite'
        ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'"
        : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
    const rows = await dataSource.query<{ name: string }[]>(listed);
    return rows
      .map(({ name }) => name)
      .filter((name) => name !== 'migrations')
      .sort();
  };

  it('are all registered, in the order of their timestamps', () => {
    const stamps = readdirSync('migrations').flatMap((file) => /^(\d{13})-[a-z-]+\.ts$/.exec(file)?.[1] ?? []);

    expect(migrations.map(({ name }) => /\d{13}$/.exec(name)?.[0])).toEqual(stamps.sort());
    expect(readdirSync('migrations')).toHaveLength(stamps.length + 1);
  });

  it(
    'lead from nothing to what the entities say, back to nothing, and there again',
    async () => {
      await dataSource.runMigrations();
      expect(await drift()).toEqual([]);
      const made = await tables();
      expect(made).toEqual(dataSource.entityMetadatas.map(({ tableName }) => tableName).sort());

      for (const _ of migrations) await dataSource.undoLastMigration();
      expect(await tables()).toEqual([]);

      await dataSource.runMigrations();
      expect(await tables()).toEqual(made);
      expect(await drift()).toEqual([]);
    },
    SLOW_DISK,
  );

  it('make text compare byte by byte, whatever the database did before', async () => {
    await dataSource.runMigrations();
    const organization = (name: string) =>
      dataSource.getRepository('organizations').insert({ name, enabled: true, createdAt: new Date(), updatedAt: new Date() });

    await organization('Zoe');
    await organization('zoe');
    await organization('Zoë');

    await expect(organization('Zoe')).rejects.toThrow(/duplicate|unique/i);
    expect(await dataSource.getRepository('organizations').countBy({ name: 'zoe' })).toBe(1);
  });
});
