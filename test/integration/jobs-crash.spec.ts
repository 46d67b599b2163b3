import { aChild, type ChildOrder } from '../support/jobs/child.js';
import type { DeathPoint } from '../support/jobs/crash-jobs.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

jest.setTimeout(60_000);

describe('A process with the in-process queue, killed with SIGKILL', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await aDatabase();
  });
  afterEach(() => database.drop());

  const child = (order: Partial<ChildOrder>) =>
    aChild({ settings: database.settings, role: 'all', deathPoint: 'never', enqueue: [], untilDone: true, ...order });
  const effects = async () => {
    const connection = await database.connect();
    const rows = await connection.getRepository(Effect).find({ order: { name: 'ASC' } });
    await connection.destroy();
    return rows.map(({ name }) => name);
  };

  it.each<[string, DeathPoint, number]>([
    ['between commit and hand-over', 'before-hand-over', 0],
    ['in the middle of a handler, before its effect', 'before-effect', 0],
    ['in the middle of a handler, before the commit of its effect', 'before-commit', 0],
    ['in the middle of a handler, after the commit of its effect', 'after-commit', 1],
  ])('%s, does each job once after a restart', async (_where, deathPoint, doneByTheDead) => {
    expect(await child({ deathPoint, enqueue: ['a', 'b', 'c'] })).toBe('SIGKILL');
    expect((await effects()).length).toBeGreaterThanOrEqual(doneByTheDead);

    expect(await child({})).toBe(0);

    expect(await effects()).toEqual(['a', 'b', 'c']);
  });
});
