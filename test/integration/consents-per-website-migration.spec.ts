import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { PlaceConsentsPerWebsite1764100001920 } from '../../migrations/1764100001920-place-consents-per-website.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';

const STAMPS = "'2026-01-31 12:00:00', '2026-01-31 12:00:00', 1";
const WEBSITES = [1, 2, 3];

describe('The migration to consents that are placed per website', () => {
  let database: EmptyDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await anEmptyDatabase();
    const until = migrations.slice(0, migrations.indexOf(PlaceConsentsPerWebsite1764100001920) + 1);
    dataSource = await openDataSource({ ...dataSourceOptions(database.settings), migrations: until });
    await dataSource.runMigrations();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const insert = (table: string, columns: string, values: string) =>
    dataSource.query(`INSERT INTO ${table} (${columns}) VALUES (${values})`);

  it('leaves, taken back, each consent asked for where it was', async () => {
    await insert('organizations', 'id, name, enabled, created_at, updated_at, version', `1, 'Acme', 1, ${STAMPS}`);
    const localization = 'id, organization_id, name, language_code, created_at, updated_at, version';
    await insert('localizations', localization, `1, 1, 'English', 'en', ${STAMPS}`);
    const website = 'id, organization_id, name, url, is_default, default_localization_id, created_at, updated_at, version';
    for (const id of WEBSITES) await insert('websites', website, `${id}, 1, 'Website ${id}', 'https://x.example', 0, 1, ${STAMPS}`);
    const consent = 'id, organization_id, mandatory, enabled, position, created_at, updated_at, version';
    const cases: [listed: number[], switches: Record<number, number>, enabled: number, listedThen: number[]][] = [
      [[], {}, 1, []],
      [[1], {}, 1, [1]],
      [[], { 2: 0 }, 1, [1, 3]],
      [[1], { 2: 1 }, 1, [1, 2]],
      [[1, 2], { 1: 0, 3: 1 }, 1, [2, 3]],
      [[2], { 2: 0 }, 0, []],
      [[], { 3: 1 }, 1, []],
    ];
    for (const [i, [listed, switches]] of cases.entries()) {
      await insert('consents', consent, `${i + 1}, 1, 1, 1, 4, ${STAMPS}`);
      for (const id of listed) await insert('consent_websites', 'consent_id, website_id', `${i + 1}, ${id}`);
      for (const [id, on] of Object.entries(switches))
        await insert('consent_placements', 'consent_id, website_id, enabled, position', `${i + 1}, ${id}, ${on}, 9`);
    }

    await dataSource.undoLastMigration();

    for (const [i, [, , enabled, listed]] of cases.entries()) {
      const [row] = await dataSource.query<Record<string, unknown>[]>(`SELECT enabled, position FROM consents WHERE id = ${i + 1}`);
      const rows = await dataSource.query<{ id: number | string }[]>(
        `SELECT website_id AS id FROM consent_websites WHERE consent_id = ${i + 1} ORDER BY website_id`,
      );
      expect([i, Number(row?.['enabled']), row?.['position'], rows.map(({ id }) => Number(id))]).toEqual([i, enabled, 4, listed]);
    }
    await dataSource.runMigrations();
    expect(await dataSource.query('SELECT * FROM consent_placements')).toEqual([]);
  });
});
