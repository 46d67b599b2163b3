import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { DAY, SECOND } from '../../src/platform/clock/index.js';
import { CurrentContext } from '../../src/platform/context/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { defineJob, HandlesJob, JobRun, Jobs, JobTimings, LeaseLost, WhenGivenUp } from '../../src/platform/jobs/index.js';
import { JobHandlers } from '../../src/platform/jobs/job-handlers.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { JobRows } from '../../src/platform/jobs/job-rows.js';
import { JobRunner } from '../../src/platform/jobs/job-runner.js';
import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp, inside } from '../support/jobs/jobs-app.js';
import { SilentDriver } from '../support/jobs/silent-driver.js';
import { TestClock } from '../support/jobs/test-clock.js';
import { aDatabase, Effect, type TestDatabase } from '../support/jobs/test-database.js';

const Step = defineJob<{ name: string }>('tests.step', {
  queue: 'default',
  attempts: 2,
  backoff: { first: 10 * SECOND, factor: 2, max: 60 * SECOND },
});

/** Does what the test says; without a word, its effect and nothing else. */
@Injectable()
class Steps {
  behaviour: ((run: JobRun) => Promise<void>) | undefined;
  afterwards: (() => Promise<void>) | undefined;
  runs = 0;

  constructor(private readonly work: UnitOfWork) {}

  @HandlesJob(Step)
  async step(_payload: { name: string }, run: JobRun): Promise<void> {
    this.runs++;
    await (this.behaviour ?? ((held) => this.effect('done', held)))(run);
  }

  @WhenGivenUp(Step)
  async givenUp({ name }: { name: string }, error: string): Promise<void> {
    await this.work.repository(Effect).insert({ name: `gave up ${name}: ${error}` });
    await this.afterwards?.();
  }

  effect(name: string, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      await this.work.repository(Effect).insert({ name });
      await run.complete();
    });
  }
}

describe('A job, held by a lease', () => {
  const clock = new TestClock();
  let driver: SilentDriver;
  let database: TestDatabase;
  let app: INestApplicationContext;
  let work: UnitOfWork;
  let steps: Steps;
  let runner: JobRunner;
  /** Another process: it shares the rows and nothing else. */
  let otherRunner: JobRunner;

  beforeEach(async () => {
    driver = new SilentDriver();
    database = await aDatabase();
    app = await aJobsApp({
      settings: database.settings,
      providers: [Steps],
      driver,
      clock,
      timings: { sweepEvery: DAY, beatEvery: DAY },
    });
    work = app.get(UnitOfWork);
    steps = app.get(Steps);
    runner = inside(app, JobRunner);
    otherRunner = new JobRunner(inside(app, JobRows), inside(app, JobHandlers), driver, work, app.get(CurrentContext), app.get(JobTimings));
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const aJob = async (delay?: number) => {
    await app.get(Jobs).enqueue(Step, { name: 'a' }, { delay });
    return (await theRow()).id;
  };
  const theRow = () => work.repository(JobRow).findOneOrFail({ where: {}, order: { id: 'DESC' } });
  const effects = async () => (await work.repository(Effect).find({ order: { id: 'ASC' } })).map(({ name }) => name);

  it('is handed over after the commit, with its delay', async () => {
    const id = await aJob(5 * SECOND);

    expect(driver.handedOver).toEqual([{ id, queue: 'default', attempts: 0, delay: 5 * SECOND }]);
  });

  it('runs once when it is brought many times', async () => {
    const id = await aJob();

    await Promise.all([runner.run(id), runner.run(id), otherRunner.run(id), otherRunner.run(id)]);
    await otherRunner.run(id);

    expect(steps.runs).toBe(1);
    expect(await effects()).toEqual(['done']);
  });

  it('does not run before it is due', async () => {
    const id = await aJob(10 * SECOND);

    await runner.run(id);
    expect(steps.runs).toBe(0);
    clock.forward(10 * SECOND);
    await runner.run(id);
    expect(steps.runs).toBe(1);
  });

  it('waits for its backoff after a failure, and is handed over with it', async () => {
    const id = await aJob();
    steps.behaviour = () => Promise.reject(new Error('no luck'));
    await runner.run(id);

    expect(await theRow()).toMatchObject({ status: 'waiting', attempts: 1, lastError: 'no luck', dueAt: clock.in(10 * SECOND) });
    expect(driver.handedOver.at(-1)).toEqual({ id, queue: 'default', attempts: 1, delay: 10 * SECOND });
    await runner.run(id);
    expect(steps.runs).toBe(1);
  });

  it('is taken by another process once its lease has ended, and the first one can do nothing any more', async () => {
    const id = await aJob();
    let fenced: unknown;
    steps.behaviour = async (run) => {
      steps.behaviour = undefined;
      clock.forward(16 * SECOND);
      await otherRunner.run(id);
      fenced = await work.run(() => run.fence()).catch((error: unknown) => error);
      await steps.effect('too late', run);
    };

    await runner.run(id);

    expect(fenced).toBeInstanceOf(LeaseLost);
    expect(await effects()).toEqual(['done']);
    expect(await theRow()).toMatchObject({ status: 'done', attempts: 2 });
  });

  it('stays as another process left it when the first one fails late', async () => {
    const id = await aJob();
    steps.behaviour = async () => {
      steps.behaviour = undefined;
      clock.forward(16 * SECOND);
      await otherRunner.run(id);
      throw new Error('late failure');
    };

    await runner.run(id);

    expect(await theRow()).toMatchObject({ status: 'done', attempts: 2, lastError: null });
  });

  it('is held as long as the handler proves its lease', async () => {
    const id = await aJob();
    steps.behaviour = async (run) => {
      for (let step = 0; step < 4; step++) {
        clock.forward(10 * SECOND);
        await work.run(() => run.fence());
        await otherRunner.run(id);
      }
    };

    await runner.run(id);

    expect(steps.runs).toBe(1);
    expect(await theRow()).toMatchObject({ status: 'done', attempts: 1 });
  });

  it('is held by the heartbeat while a handler takes its time', async () => {
    const id = await aJob();
    app.get(JobTimings).beatEvery = 20;
    steps.behaviour = async () => {
      for (let time = 0; time < 3; time++) {
        clock.forward(10 * SECOND);
        await eventually(async () => (await theRow()).dueAt.getTime() === clock.in(15 * SECOND).getTime(), 'the heart beats');
        await otherRunner.run(id);
      }
    };

    await runner.run(id);

    expect(steps.runs).toBe(1);
    expect(await theRow()).toMatchObject({ status: 'done', attempts: 1 });
  });

  it('is closed with its effect or not at all', async () => {
    const id = await aJob();
    steps.behaviour = (run) =>
      work.run(async () => {
        await steps.effect('undone', run);
        throw new Error('after complete');
      });

    await runner.run(id);

    expect(await effects()).toEqual([]);
    expect(await theRow()).toMatchObject({ status: 'waiting', attempts: 1, lastError: 'after complete' });
  });

  it('stays done when the handler fails after closing it', async () => {
    const id = await aJob();
    steps.behaviour = async (run) => {
      await steps.effect('done', run);
      throw new Error('afterwards');
    };

    await runner.run(id);
    clock.forward(60 * SECOND);
    await otherRunner.run(id);

    expect(steps.runs).toBe(1);
    expect(await theRow()).toMatchObject({ status: 'done', lastError: null });
  });

  it('is given up when it keeps killing its process', async () => {
    const id = await aJob();
    await work.repository(JobRow).update({ id }, { status: 'running', attempts: 2, dueAt: clock.now() });

    await runner.run(id);

    expect(steps.runs).toBe(0);
    expect(await effects()).toEqual(['gave up a: Its process died during the last attempt.']);
    expect(await theRow()).toMatchObject({ status: 'failed' });
  });

  it('is given up again when what should follow failed, without half of it', async () => {
    const id = await aJob();
    await work.repository(JobRow).update({ id }, { attempts: 1 });
    steps.behaviour = () => Promise.reject(new Error('no luck'));
    steps.afterwards = () => {
      steps.afterwards = undefined;
      return Promise.reject(new Error('not now'));
    };

    await runner.run(id);
    expect(await effects()).toEqual([]);
    clock.forward(60 * SECOND);
    await runner.run(id);

    expect(steps.runs).toBe(1);
    expect(await effects()).toEqual(['gave up a: no luck']);
    expect(await theRow()).toMatchObject({ status: 'failed', lastError: 'no luck' });
  });

  it('is closed in the end although what should follow always fails', async () => {
    const id = await aJob();
    steps.behaviour = () => Promise.reject(new Error('no luck'));
    steps.afterwards = () => Promise.reject(new Error('never'));

    for (let time = 0; time < 10; time++) {
      await runner.run(id);
      clock.forward(60 * SECOND);
    }

    expect(await theRow()).toMatchObject({ status: 'failed', lastError: 'no luck' });
  });

  it('is left alone by a process that does not know its name', async () => {
    const id = await aJob();
    await work.repository(JobRow).update({ id }, { name: 'tests.of-tomorrow' });

    await runner.run(id);

    expect(await theRow()).toMatchObject({ status: 'waiting', attempts: 0 });
  });
});
