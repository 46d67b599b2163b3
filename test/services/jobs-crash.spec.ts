import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp } from '../support/jobs/jobs-app.js';
import { aChild, type ChildOrder } from '../support/jobs/child.js';
import { DEATH_POINT, type DeathPoint, Deliveries } from '../support/jobs/crash-jobs.js';
import { PrivateRedis } from '../support/jobs/private-redis.js';
import { DATABASE_SERVER } from '../support/jobs/services.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

jest.setTimeout(90_000);

describe('Processes with MariaDB and Bull, killed with SIGKILL', () => {
  let redis: PrivateRedis;
  let database: TestDatabase;
  beforeAll(async () => {
    redis = await PrivateRedis.start();
  });
  afterAll(() => redis.end());
  beforeEach(async () => {
    database = await aDatabase(DATABASE_SERVER);
  });
  afterEach(() => database.drop());

  const child = (order: Partial<ChildOrder>) =>
    aChild({
      settings: database.settings,
      redisUrl: redis.url,
      role: 'worker',
      deathPoint: 'never',
      enqueue: [],
      untilDone: true,
      ...order,
    });
  const effects = async () => {
    const connection = await database.connect();
    const rows = await connection.getRepository(Effect).find({ order: { name: 'ASC' } });
    await connection.destroy();
    return rows.map(({ name }) => name);
  };

  it('between commit and hand-over: a worker does each job once', async () => {
    expect(await child({ role: 'http', deathPoint: 'before-hand-over', enqueue: ['a', 'b', 'c'] })).toBe('SIGKILL');
    expect(await effects()).toEqual([]);

    expect(await child({})).toBe(0);

    expect(await effects()).toEqual(['a', 'b', 'c']);
  });

  it.each<[string, DeathPoint, number]>([
    ['before its effect', 'before-effect', 0],
    ['before the commit of its effect', 'before-commit', 0],
    ['after the commit of its effect', 'after-commit', 1],
  ])('in the middle of a handler, %s: the next worker does each job once', async (_where, deathPoint, doneByTheDead) => {
    expect(await child({ role: 'http', enqueue: ['a', 'b', 'c'], untilDone: false })).toBe(0);
    expect(await child({ deathPoint })).toBe('SIGKILL');
    expect((await effects()).length).toBeGreaterThanOrEqual(doneByTheDead);

    expect(await child({})).toBe(0);

    expect(await effects()).toEqual(['a', 'b', 'c']);
  });

  it('while another worker lives: that one takes over', async () => {
    const survivor = await aJobsApp({
      settings: database.settings,
      redisUrl: redis.url,
      role: 'worker',
      providers: [Deliveries, { provide: DEATH_POINT, useValue: 'never' }],
    });

    expect(await child({ deathPoint: 'before-commit', enqueue: ['a', 'b', 'c'], takesItsOwn: true })).toBe('SIGKILL');

    await eventually(async () => (await effects()).length >= 3, 'the other worker does the jobs');
    await survivor.close();
    expect(await effects()).toEqual(['a', 'b', 'c']);
  });
});
