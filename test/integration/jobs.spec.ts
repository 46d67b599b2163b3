import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { CurrentContext } from '../../src/platform/context/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { defineJob, HandlesJob, JobRun, Jobs, WhenGivenUp } from '../../src/platform/jobs/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp } from '../support/jobs/jobs-app.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

const Note = defineJob<{ text: string; failures?: number }>('tests.note', {
  queue: 'default',
  attempts: 3,
  backoff: { first: 20, factor: 2, max: 1_000 },
});
const Import = defineJob<{ text: string }>('tests.import', { queue: 'imports' });

@Injectable()
class Notes {
  readonly log: string[] = [];
  atOnce = 0;
  most = 0;

  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  @HandlesJob(Note)
  async note({ text, failures = 0 }: { text: string; failures?: number }, run: JobRun): Promise<void> {
    const { traceId, via } = this.context.get();
    this.log.push(`${text}: attempt ${run.attempt} (${traceId}, ${via})`);
    if (run.attempt <= failures) throw new Error(`failure ${run.attempt} of ${text}`);
    await this.effect(text, run);
  }

  @WhenGivenUp(Note)
  async givenUp({ text }: { text: string }, error: string): Promise<void> {
    await this.work.repository(Effect).insert({ name: `gave up ${text}: ${error}` });
  }

  @HandlesJob(Import)
  async import({ text }: { text: string }, run: JobRun): Promise<void> {
    this.most = Math.max(this.most, ++this.atOnce);
    await this.effect(text, run);
    this.atOnce--;
  }

  private effect(name: string, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      await this.work.repository(Effect).insert({ name });
      await run.complete();
    });
  }
}

describe('Jobs in the process', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let jobs: Jobs;
  let work: UnitOfWork;
  let notes: Notes;

  beforeAll(async () => {
    database = await aDatabase();
    app = await aJobsApp({ settings: database.settings, providers: [Notes] });
    jobs = app.get(Jobs);
    work = app.get(UnitOfWork);
    notes = app.get(Notes);
  });
  beforeEach(async () => {
    notes.log.length = 0;
    await work.repository(JobRow).deleteAll();
    await work.repository(Effect).deleteAll();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const idle = () =>
    eventually(async () => (await work.repository(JobRow).countBy([{ status: 'waiting' }, { status: 'running' }])) === 0, 'all jobs end');
  const effects = async () => (await work.repository(Effect).find({ order: { id: 'ASC' } })).map(({ name }) => name);

  it('are done after the unit of work that enqueues them', async () => {
    await work.run(async () => {
      await jobs.enqueue(Note, { text: 'a' });
      expect(notes.log).toEqual([]);
    });
    await idle();

    expect(await effects()).toEqual(['a']);
    const row = await work.repository(JobRow).findOneByOrFail({ name: Note.name });
    expect(row).toMatchObject({ status: 'done', attempts: 1, maxAttempts: 3, payload: { text: 'a' }, lastError: null });
    expect(row.finishedAt).toBeInstanceOf(Date);
  });

  it('were never there when it is rolled back', async () => {
    const refused = work.run(async () => {
      await jobs.enqueue(Note, { text: 'never' });
      throw new Error('refused');
    });

    await expect(refused).rejects.toThrow('refused');
    expect(await work.repository(JobRow).count()).toBe(0);
  });

  it('open a unit of work when none is open', async () => {
    await jobs.enqueue(Note, { text: 'alone' });
    await idle();

    expect(await effects()).toEqual(['alone']);
  });

  it('run in the trace of what enqueued them', async () => {
    await app.get(CurrentContext).run({ traceId: 'trace-7', via: 'api' }, () => jobs.enqueue(Note, { text: 'traced' }));
    await idle();

    expect(notes.log).toEqual(['traced: attempt 1 (trace-7, job)']);
  });

  it('are tried again after a failure', async () => {
    await jobs.enqueue(Note, { text: 'hard', failures: 2 });
    await idle();

    expect(notes.log).toEqual(['hard: attempt 1 (none, job)', 'hard: attempt 2 (none, job)', 'hard: attempt 3 (none, job)']);
    expect(await effects()).toEqual(['hard']);
  });

  it('are given up after the last attempt, with its error', async () => {
    await jobs.enqueue(Note, { text: 'hopeless', failures: 9 });
    await idle();

    expect(notes.log).toHaveLength(3);
    expect(await effects()).toEqual(['gave up hopeless: failure 3 of hopeless']);
    expect(await work.repository(JobRow).findOneByOrFail({})).toMatchObject({ status: 'failed', lastError: 'failure 3 of hopeless' });
  });

  it('of one key are enqueued once, also when the first is done', async () => {
    await Promise.all([1, 2, 3].map((n) => jobs.enqueue(Note, { text: `key, number ${n}` }, { key: 'k' })));
    await idle();
    await jobs.enqueue(Note, { text: 'key, later' }, { key: 'k' });
    await jobs.enqueue(Note, { text: 'another key' }, { key: 'l' });
    await jobs.enqueue(Import, { text: 'another job' }, { key: 'k' });
    await idle();

    expect(await work.repository(JobRow).count()).toBe(3);
    expect(await effects()).toHaveLength(3);
  });

  it('refuse a key that the row cannot hold', async () => {
    await expect(jobs.enqueue(Note, { text: 'long' }, { key: 'k'.repeat(191) })).rejects.toThrow('longer than 190 characters');
  });

  it('wait for as long as they are told', async () => {
    await jobs.enqueue(Note, { text: 'late' }, { delay: 300 });
    await jobs.enqueue(Note, { text: 'soon' });
    await idle();

    expect(await effects()).toEqual(['soon', 'late']);
    const late = await work.repository(JobRow).findOneOrFail({ where: {}, order: { id: 'ASC' } });
    expect((late.finishedAt?.getTime() ?? 0) - late.createdAt.getTime()).toBeGreaterThanOrEqual(300);
  });

  it('of a queue with one place run one at a time', async () => {
    await work.run(async () => {
      for (let n = 0; n < 10; n += 1) await jobs.enqueue(Import, { text: `import ${n}` });
    });
    await idle();

    expect(await effects()).toHaveLength(10);
    expect(notes.most).toBe(1);
  });

  it('of fifty parallel transactions all run once', async () => {
    const texts = Array.from({ length: 50 }, (_, n) => `parallel ${n}`);
    await Promise.all(texts.map((text) => work.run(() => jobs.enqueue(Note, { text }))));
    await idle();

    expect((await effects()).sort()).toEqual(texts.sort());
  });
});
