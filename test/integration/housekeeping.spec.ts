import { DataSource } from 'typeorm';
import { Id, Instant } from '../../src/platform/database/columns.js';
import { dataSourceOptions, deleteBefore, openDataSource } from '../../src/platform/database/index.js';
import { Entity } from 'typeorm';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';

@Entity('leaflets')
class Leaflet {
  @Id()
  id: number;

  @Instant()
  expiresAt: Date;
}

describe('Deleting what has expired', () => {
  const noon = new Date('2026-03-01T12:00:00.000Z');
  let database: EmptyDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await anEmptyDatabase();
    source = await openDataSource({ ...dataSourceOptions(database.settings), migrations: [], entities: [Leaflet], synchronize: true });
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('deletes what lies before the moment in as many chunks as it takes, and nothing else', async () => {
    const leaflets = source.getRepository(Leaflet);
    const expired = Array.from({ length: 2_500 }, (_, i) => ({ expiresAt: new Date(noon.getTime() - 1 - i) }));
    await leaflets.createQueryBuilder().insert().values(expired).updateEntity(false).execute();
    await leaflets.insert([{ expiresAt: noon }, { expiresAt: new Date(noon.getTime() + 1) }]);

    await deleteBefore(leaflets, 'expiresAt', noon);

    expect((await leaflets.find()).map(({ expiresAt }) => expiresAt.getTime() - noon.getTime())).toEqual([0, 1]);
  });
});
