import { type DataSource, Entity, ForeignKey } from 'typeorm';
import {
  dataSourceOptions,
  findMany,
  insertMany,
  isBrokenReference,
  isInserted,
  openDataSource,
  overlapping,
  UnitOfWork,
  updateMany,
} from '../../src/platform/database/index.js';
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

@Entity('parts')
class Part {
  @Id() id: number;
  @ForeignKey('things', { name: 'fk_parts_thing' })
  @Reference({ nullable: true })
  thingId: number | null;
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
    source = await openDataSource({ ...dataSourceOptions(database.settings), entities: [Thing, Part] });
    const runner = source.createQueryRunner();
    await createTable(runner, 'things', {
      columns: [id(), text('name', 255), nullable(reference('other_id')), integer('count'), flag('good'), nullable(instant('at'))].concat([
        nullable(json('list')),
        version(),
      ]),
    });
    await createTable(runner, 'parts', {
      columns: [id(), nullable(reference('thing_id'))],
      foreignKeys: { fk_parts_thing: { column: 'thing_id', references: 'things', onDelete: 'RESTRICT' } },
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

  it('are held to their foreign keys, as is what is written after them', async () => {
    const [thing = 0] = await insertMany(source.manager, Thing, [aThing(1)]);
    const parts = (...thingIds: (number | null)[]) => Array.from({ length: 300 }, (_, i) => ({ thingId: thingIds[i % thingIds.length] }));
    const inserted = (rows: Partial<Part>[], more: Partial<Part>[] = []) =>
      source.transaction(async (manager) => {
        await insertMany(manager, Part, rows);
        await insertMany(manager, Part, more);
      });

    await inserted(parts(thing, null));
    const refusals = [inserted(parts(thing, thing + 1)), inserted(parts(thing), [{ thingId: thing + 1 }])];

    for (const refused of await Promise.allSettled(refusals))
      expect(refused.status === 'rejected' && isBrokenReference(refused.reason)).toBe(true);
    expect(await source.manager.count(Part)).toBe(300);
  });

  it('are known as new as long as the unit of work that made them, and a rehearsal as long as it', async () => {
    const work = new UnitOfWork(source);
    const isNew = (id: number) => isInserted(work.manager.queryRunner, 'things', id);
    const make = async () => (await insertMany(work.manager, Thing, [aThing(1)]))[0] ?? 0;
    const made: number[] = [];

    await work.run(async () => {
      made.push(await make());
      await work.rehearse(async () => {
        made.push(await make());
        expect(made.map(isNew)).toEqual([false, true]);
      });
      expect(made.map(isNew)).toEqual([true, false]);
    });

    await work.run(async () => expect(made.map(isNew)).toEqual([false, false]));
    expect(isNew(await make())).toBe(false);
  });

  it('may be made while others are written, and are not sent after one that failed', async () => {
    const things = Array.from({ length: 700 }, (_, i) => aThing(i));
    const written = await source.transaction(async (manager) => {
      const writes = [things, [{ name: 'has no count' }], things].map((rows) => () => insertMany(manager, Thing, rows));
      await expect(overlapping(writes)).rejects.toThrow(/count/i);
      return manager.count(Thing);
    });

    expect(written).toBe(700);
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
