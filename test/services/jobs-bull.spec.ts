import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { defineJob, HandlesJob, JobRun, Jobs, QueueDriver } from '../../src/platform/jobs/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp } from '../support/jobs/jobs-app.js';
import { PrivateRedis } from '../support/jobs/private-redis.js';
import { DATABASE_SERVER } from '../support/jobs/services.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

jest.setTimeout(60_000);

const Post = defineJob<{ name: string; failures?: number; putOff?: boolean }>('tests.post', {
  queue: 'mail',
  attempts: 3,
  backoff: { first: 30, factor: 2, max: 1_000 },
});

@Injectable()
class PostOffice {
  constructor(private readonly work: UnitOfWork) {}

  @HandlesJob(Post)
  async post({ name, failures = 0, putOff = false }: typeof Post.payload, run: JobRun): Promise<void> {
    if (putOff && run.attempt === 1) return run.postpone(new Date(Date.now() + 300));
    if (run.attempt <= failures) throw new Error(`failure ${run.attempt}`);
    await this.work.run(async () => {
      await this.work.repository(Effect).insert({ name });
      await run.complete();
    });
  }
}

describe('Jobs on Bull', () => {
  let redis: PrivateRedis;
  let database: TestDatabase;
  let http: INestApplicationContext;
  let workers: INestApplicationContext[];
  let work: UnitOfWork;
  let jobs: Jobs;

  beforeEach(async () => {
    redis = await PrivateRedis.start();
    database = await aDatabase(DATABASE_SERVER);
    workers = [];
    http = await aProcess('http');
    work = http.get(UnitOfWork);
    jobs = http.get(Jobs);
  });
  afterEach(async () => {
    await Promise.all([http, ...workers].map((app) => app.close()));
    await database.drop();
    await redis.end();
  });

  const aProcess = (role: 'http' | 'worker') =>
    aJobsApp({ settings: database.settings, redisUrl: redis.url, role, providers: [PostOffice] });
  const aWorker = async () => {
    workers.push(await aProcess('worker'));
  };
  const idle = () =>
    eventually(
      async () => (await work.repository(JobRow).countBy([{ status: 'waiting' }, { status: 'running' }])) === 0,
      'all jobs end',
      40_000,
    );
  const effects = async () => (await work.repository(Effect).find()).map(({ name }) => name).sort();
  const waitingInRedis = async () => Number((await redis.send(`LLEN ${await theWaitList()}`)).replace(':', ''));
  const theWaitList = async () => {
    const keys = (await redis.send('KEYS *mail:wait')).split('\r\n');
    return keys.find((key) => key.endsWith('mail:wait')) ?? 'none';
  };

  it('are run again when they were put off, without a try less', async () => {
    await aWorker();
    await jobs.enqueue(Post, { name: 'later', putOff: true });
    await idle();

    expect(await effects()).toEqual(['later']);
    expect(await work.repository(JobRow).find()).toMatchObject([{ status: 'done', attempts: 2, maxAttempts: 4 }]);
  });

  it('are left by the HTTP process to a worker, and leave nothing in Redis', async () => {
    await jobs.enqueue(Post, { name: 'a' });
    await eventually(async () => (await waitingInRedis()) === 1, 'the job waits in Redis');
    expect(await effects()).toEqual([]);

    await aWorker();
    await idle();

    expect(await effects()).toEqual(['a']);
    await eventually(async () => !/mail:\d+-\d+\r\n/.test(await redis.send('KEYS *')), 'Bull forgets the job');
  });

  it('are tried again by their own backoff', async () => {
    await aWorker();
    await jobs.enqueue(Post, { name: 'hard', failures: 2 });
    await idle();

    expect(await effects()).toEqual(['hard']);
    expect(await work.repository(JobRow).findOneByOrFail({})).toMatchObject({ status: 'done', attempts: 3, lastError: 'failure 2' });
  });

  it('of fifty parallel transactions all run once, on two workers', async () => {
    await Promise.all([aWorker(), aWorker()]);
    const names = Array.from({ length: 50 }, (_, n) => `number ${n}`);
    await Promise.all(names.map((name) => work.run(() => jobs.enqueue(Post, { name }))));
    await idle();

    expect(await effects()).toEqual(names.sort());
  });

  it('are handed over again by the sweep after Redis was emptied', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) await jobs.enqueue(Post, { name }, name === 'e' ? { delay: 2_000 } : {});
    await eventually(async () => (await waitingInRedis()) === 4, 'the jobs wait in Redis');
    expect(await redis.send('FLUSHALL')).toBe('+OK\r\n');
    expect(await redis.send('KEYS *')).toBe('*0\r\n');

    await eventually(async () => (await waitingInRedis()) >= 4, 'the sweep hands them over again');
    await aWorker();
    await idle();

    expect(await effects()).toEqual(names);
  });

  it('are done once although workers run while Redis is emptied', async () => {
    await aWorker();
    const names = Array.from({ length: 60 }, (_, n) => `number ${n}`);
    await work.run(async () => {
      for (const name of names) await jobs.enqueue(Post, { name, failures: 1 });
    });
    await eventually(async () => (await effects()).length > 0, 'the first is done');
    await redis.send('FLUSHALL');
    await idle();

    expect(await effects()).toEqual(names.sort());
  });

  it('can be enqueued while Redis is away, and are done when it is back', async () => {
    await aWorker();
    await redis.end();
    await eventually(
      () =>
        http
          .get(QueueDriver)
          .ping()
          .then(
            () => false,
            () => true,
          ),
      'the queue knows that Redis is away',
    );

    const before = Date.now();
    await jobs.enqueue(Post, { name: 'a' });
    expect(Date.now() - before).toBeLessThan(5_000);
    expect(await work.repository(JobRow).countBy({ status: 'waiting' })).toBe(1);

    await redis.begin();
    await eventually(
      () =>
        http
          .get(QueueDriver)
          .ping()
          .then(
            () => true,
            () => false,
          ),
      'the queue knows that Redis is back',
    );
    await idle();
    expect(await effects()).toEqual(['a']);
  });

  it('wait in their rows while Redis answers and is full, which the queue tells', async () => {
    await aWorker();
    await redis.send('CONFIG SET maxmemory 1');
    await expect(http.get(QueueDriver).ping()).rejects.toThrow('OOM');
    await jobs.enqueue(Post, { name: 'a' });

    await redis.send('CONFIG SET maxmemory 0');
    await idle();

    expect(await effects()).toEqual(['a']);
  });

  it('wait in their rows when a process starts without Redis', async () => {
    await redis.end();
    await aWorker();
    await jobs.enqueue(Post, { name: 'a' });

    await redis.begin();
    await idle();

    expect(await effects()).toEqual(['a']);
  });
});
