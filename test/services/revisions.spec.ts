import { Logger } from '@nestjs/common';
import { Random } from '../../src/platform/clock/index.js';
import { RedisRevisions } from '../../src/platform/revisions/redis-revisions.js';
import { eventually } from '../support/jobs/eventually.js';
import { aFreePort, PrivateRedis } from '../support/jobs/private-redis.js';

const ONE = ['user:7', 'user-role'];
const OTHER = ['user:8'];

describe('Revisions in Redis', () => {
  let redis: PrivateRedis;
  let here: RedisRevisions;
  let there: RedisRevisions;

  beforeAll(() => void Logger.overrideLogger(false));
  beforeEach(async () => {
    redis = await PrivateRedis.start();
    [here, there] = [await aProcess(), await aProcess()];
  });
  afterEach(async () => {
    for (const one of [here, there]) one.onApplicationShutdown();
    await redis.end();
  });

  const aProcess = (url = redis.url) => RedisRevisions.at(url, 'test:', new Random());
  /** Polls until it can be relied on again. */
  const relied = async (process: RedisRevisions, subjects = ONE): Promise<string> => {
    let revision: string | undefined;
    await eventually(async () => (revision = await process.of(subjects)) !== undefined, 'Redis is asked again');
    return revision ?? '';
  };

  it('stay while nothing changes, and leave nothing in Redis but the beginning', async () => {
    const revision = await here.of(ONE);

    expect(revision).toEqual(expect.any(String));
    expect(await here.of(ONE)).toBe(revision);
    expect((await redis.send('DBSIZE')).trim()).toBe(':1');
  });

  it('are others after a change of one of the subjects, on both processes, and of no other', async () => {
    const before = await Promise.all([here.of(ONE), there.of(ONE), there.of(OTHER)]);

    await here.changing(['user:7']);
    await here.changed(['user:7']);

    const after = await Promise.all([here.of(ONE), there.of(ONE), there.of(OTHER)]);
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([false, false, true]);
  });

  it('are read by one command for all who ask at once, each about his own subjects', async () => {
    const alone = [await here.of(ONE), await here.of(OTHER)];
    await there.changed(OTHER);
    const commands = async () => Number(/cmdstat_mget:calls=(\d+)/.exec(await redis.send('INFO commandstats'))?.[1]);
    const before = await commands();

    const together = await Promise.all([here.of(ONE), here.of(OTHER), here.of(ONE)]);

    expect([together[0] === alone[0], together[1] === alone[1], together[2] === alone[0]]).toEqual([true, false, true]);
    expect((await commands()) - before).toBe(1);
  });

  it('are all others after a change of everything', async () => {
    const before = [await here.of(ONE), await there.of(OTHER)];

    await here.changing(['*']);
    expect([await here.of(ONE), await there.of(OTHER)]).toEqual([undefined, undefined]);
    await here.changed(['*']);

    expect((await relied(here)) === before[0]).toBe(false);
    expect((await relied(there, OTHER)) === before[1]).toBe(false);
  });

  it('are none while a change goes on, which ends by itself when its process has died', async () => {
    await here.changing(['user:7']);

    expect(await there.of(ONE)).toBeUndefined();
    const left = Number((await redis.send('PTTL test:user:7')).replace(':', ''));
    expect(left).toBeGreaterThan(30_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it('are others once Redis has been emptied', async () => {
    const before = await here.of(ONE);

    await redis.send('FLUSHALL');

    expect((await relied(here)) === before).toBe(false);
  });

  it('are none while Redis is gone, and others when it is back, even with all that it had', async () => {
    const before = [await here.of(ONE), await there.of(ONE)];
    const kept = (await redis.send('GET test:*')).split('\r\n')[1] ?? '';

    await redis.end();
    expect([await here.of(ONE), await there.of(ONE)]).toEqual([undefined, undefined]);
    await redis.begin();
    await relied(here);
    await relied(there);
    await redis.send(`SET test:* ${kept}`);

    expect(before).not.toContain(await here.of(ONE));
    expect(before).not.toContain(await there.of(ONE));
  });

  it('are none while Redis is silent, for which nobody waits twice', async () => {
    const before = await here.of(ONE);
    await redis.send('CLIENT PAUSE 3000 ALL');

    const begun = performance.now();
    expect(await here.of(ONE)).toBeUndefined();
    const waited = performance.now();
    expect(await here.of(ONE)).toBeUndefined();

    expect(waited - begun).toBeLessThan(3_000);
    expect(performance.now() - waited).toBeLessThan(waited - begun);
    expect((await relied(here)) === before).toBe(false);
  });

  it.each([
    ['is full', 'CONFIG SET maxmemory 1', 'CONFIG SET maxmemory 0'],
    ['misses its replicas', 'CONFIG SET min-replicas-to-write 1', 'CONFIG SET min-replicas-to-write 0'],
    ['lets nobody write', 'ACL SETUSER default -@write', 'ACL SETUSER default +@write'],
    ['pauses writes', 'CLIENT PAUSE 60000 WRITE', 'CLIENT UNPAUSE'],
  ])('are none once a change has been answered while Redis answers and %s', async (_what, stop, go) => {
    const before = await there.of(ONE);
    await redis.send(stop);

    await here.changing(['user:7']);
    await here.changed(['user:7']);

    expect([await here.of(ONE), await there.of(ONE), await there.of(ONE)]).toEqual([undefined, undefined, undefined]);
    await redis.send(go);
    expect(await relied(there)).not.toBe(before);
  });

  it('are waited for by the first change alone that a full Redis refuses', async () => {
    await redis.send('CONFIG SET maxmemory 1');
    await here.changed(['user:7']);

    const begun = performance.now();
    for (let change = 0; change < 3; change += 1) await here.changed(['user:7']);

    // Each of them would take a second.
    expect(performance.now() - begun).toBeLessThan(2_500);
  });

  it('are others after a change that could not be told, for who was connected again earlier', async () => {
    await redis.end();
    const begun = performance.now();
    await here.changing(['user:7']);
    await here.changed(['user:7']);
    expect(performance.now() - begun).toBeLessThan(3_000);
    await redis.begin();
    const early = await relied(there);

    await here.changing(['user:7']);
    await here.changed(['user:7']);

    expect((await relied(there)) === early).toBe(false);
  });

  it('are begun without Redis, which may come later', async () => {
    const late = await aProcess(`redis://127.0.0.1:${await aFreePort()}`);
    try {
      expect(await late.of(ONE)).toBeUndefined();
      await late.changing(ONE);
      await late.changed(ONE);
    } finally {
      late.onApplicationShutdown();
    }
  });
});
