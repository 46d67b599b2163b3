import { type DataSource, Entity } from 'typeorm';
import { dataSourceOptions, findMany, insertMany, openDataSource, updateMany } from '../../src/platform/database/index.js';
import { Flag, Id, Instant, Integer, Json, Reference, Text, Version } from '../../src/platform/database/index.js';
import { createTable, flag, id, instant, integer, json, nullable, reference, text, version } from '../../src/platform/database/schema.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';

@Entity('things')
class Thing {
  @Id() id: number;
  @Text(255) name: string;
  @Reference({ nullable: true }) otherId: number | null;
  @Integer() count: number;
  @Flag() good: boolean;
  @Instant({ nullable: true }) at: Date | null;
  @Json({ nullable: true }) list: string[] | null;
  @Version() version: number;
}

const AT = new Date('2026-02-03T04:05:06.789Z');
const ODD = `O'Hara \\ "?" :name %s 漢字 🙂`;

const aThing = (number: number): Omit<Thing, 'id' | 'version'> => ({
  name: `${ODD} ${number}`,
  otherId: number % 2 === 0 ? number : null,
  count: number,
  good: number % 3 === 0,
  at: number % 5 === 0 ? null : AT,
  list: number % 7 === 0 ? null : [ODD, String(number)],
});

describe('Many rows', () => {
  let database: EmptyDatabase;
  let source: DataSource;

  beforeEach(async () => {
    database = await anEmptyDatabase();
    source = await openDataSource({ ...dataSourceOptions(database.settings), entities: [Thing] });
    const runner = source.createQueryRunner();
    await createTable(runner, 'things', {
      columns: [id(), text('name', 255), nullable(reference('other_id')), integer('count'), flag('good'), nullable(instant('at'))].concat([
        nullable(json('list')),
        version(),
      ]),
    });
    await runner.release();
  });

  afterEach(async () => {
    await source.destroy();
    await database.drop();
  });

  const all = () => source.manager.find(Thing, { order: { id: 'ASC' } });

  it('are inserted as TypeORM would, each with its id', async () => {
    const things = Array.from({ length: 1_201 }, (_, i) => aThing(i));

    const ids = await insertMany(source.manager, Thing, things);

    expect(await all()).toEqual(things.map((thing, i) => ({ ...thing, id: ids[i], version: 1 })));
  });

  it('get ids of their own beside other writers', async () => {
    const batches = Array.from({ length: 6 }, (_, b) => Array.from({ length: 300 }, (_thing, i) => aThing(b * 1_000 + i)));

    const ids = await Promise.all(batches.map((batch) => insertMany(source.manager, Thing, batch)));

    const names = new Map((await all()).map((thing) => [thing.id, thing.name]));
    batches.forEach((batch, b) => expect(ids[b]?.map((own) => names.get(own))).toEqual(batch.map(({ name }) => name)));
  });

  it('are changed in the members that are named, and counted up', async () => {
    const ids = await insertMany(
      source.manager,
      Thing,
      Array.from({ length: 700 }, (_, i) => aThing(i)),
    );
    const changed = ids.slice(50).map((own, i) => Object.assign(new Thing(), aThing(i + 10_000), { id: own, version: 1 }));

    await updateMany(source.manager, Thing, changed, ['name', 'otherId', 'at', 'list']);

    const after = await all();
    expect(after[49]).toEqual({ ...aThing(49), id: ids[49], version: 1 });
    changed.forEach((thing, i) => {
      const { count, good } = aThing(i + 50);
      expect(after[i + 50]).toEqual({ ...thing, count, good, version: 2 });
    });
  });

  it('are found by a member, as TypeORM reads them', async () => {
    const ids = await insertMany(
      source.manager,
      Thing,
      Array.from({ length: 1_100 }, (_, i) => aThing(i)),
    );
    const known = await all();

    expect(await findMany(source.manager, Thing, 'id', ids)).toEqual(known);
    expect(await findMany(source.manager, Thing, 'name', [`${ODD} 7`, 'none'], { where: { good: false } })).toEqual([known[7]]);
    expect(await findMany(source.manager, Thing, 'count', [9], { where: { good: false } })).toEqual([]);
    expect(await findMany(source.manager, Thing, 'count', [3], { select: ['id', 'good'] })).toEqual([
      Object.assign(new Thing(), { id: ids[3], good: true }),
    ]);
  });
});
