import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { DAY, SECOND } from '../../src/platform/clock/index.js';
import { UnitOfWork } from '../../src/platform/database/index.js';
import { defineJob, HandlesJob, Jobs, JobTimings } from '../../src/platform/jobs/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { JobRows } from '../../src/platform/jobs/job-rows.js';
import { Sweep } from '../../src/platform/jobs/sweep.js';
import { eventually } from '../support/jobs/eventually.js';
import { aJobsApp, inside } from '../support/jobs/jobs-app.js';
import { SilentDriver } from '../support/jobs/silent-driver.js';
import { TestClock } from '../support/jobs/test-clock.js';
import { aDatabase, type TestDatabase } from '../support/jobs/test-database.js';

const Errand = defineJob<{ name: string }>('tests.errand', { queue: 'default' });

@Injectable()
class Errands {
  @HandlesJob(Errand)
  go(): void {
    // The driver of this test never brings one.
  }
}

describe('The sweep', () => {
  let clock: TestClock;
  let driver: SilentDriver;
  let database: TestDatabase;
  let app: INestApplicationContext;
  let work: UnitOfWork;
  let jobs: Jobs;

  beforeEach(async () => {
    clock = new TestClock();
    driver = new SilentDriver();
    database = await aDatabase();
    app = await aJobsApp({ settings: database.settings, providers: [Errands], driver, clock, timings: { sweepEvery: DAY } });
    work = app.get(UnitOfWork);
    jobs = app.get(Jobs);
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
  });

  const aSweep = () => new Sweep(inside(app, JobRows), driver, clock, app.get(JobTimings));
  const swept = async (begin: (sweep: Sweep) => void = (sweep) => sweep.soon()) => {
    driver.handedOver.length = 0;
    const sweep = aSweep();
    begin(sweep);
    await sweep.finished();
    await sweep.stop();
    return driver.handedOver;
  };
  const errands = async (count: number) => {
    await work.run(async () => {
      for (let n = 0; n < count; n += 1) await jobs.enqueue(Errand, { name: 'one of many' });
    });
    // Behind the call that enqueues them.
    await eventually(() => new Set(driver.handedOver.map(({ id }) => id)).size === count, `${count} jobs are handed over`);
  };
  const anErrand = async (change: Partial<Omit<JobRow, 'payload'>> = {}) => {
    await jobs.enqueue(Errand, { name: 'a' });
    const { id } = await work.repository(JobRow).findOneOrFail({ where: {}, order: { id: 'DESC' } });
    if (Object.keys(change).length > 0) await work.repository(JobRow).update({ id }, change);
    return id;
  };

  it('hands over again what was due for 20 seconds after its hand-over, and then leaves it for as long', async () => {
    const id = await anErrand();

    clock.forward(20 * SECOND);
    expect(await swept()).toEqual([]);
    clock.forward(1 * SECOND);
    expect(await swept()).toEqual([{ id, queue: 'default', attempts: 0, delay: 0 }]);
    expect(await swept()).toEqual([]);
    clock.forward(21 * SECOND);
    expect(await swept()).toHaveLength(1);
  });

  it('leaves what is not due', async () => {
    await anErrand({ dueAt: clock.in(60 * SECOND) });
    clock.forward(30 * SECOND);

    expect(await swept()).toEqual([]);
  });

  it('hands over everything that is due at the start', async () => {
    await anErrand();
    await anErrand({ dueAt: clock.in(60 * SECOND) });
    clock.forward(1);

    expect(await swept((sweep) => sweep.start())).toHaveLength(1);
  });

  it('hands over a job whose lease has ended, for its next attempt', async () => {
    const id = await anErrand({ status: 'running', attempts: 1, dueAt: clock.in(15 * SECOND) });

    clock.forward(14 * SECOND);
    expect(await swept((sweep) => sweep.start())).toEqual([]);
    clock.forward(7 * SECOND);
    expect(await swept()).toEqual([{ id, queue: 'default', attempts: 1, delay: 0 }]);
  });

  it('hands over any number, in chunks', async () => {
    await errands(1_234);
    clock.forward(21 * SECOND);
    const handedOver = await swept();

    expect(new Set(handedOver.map(({ id }) => id)).size).toBe(1_234);
    expect(handedOver).toHaveLength(1_234);
  });

  it('does no harm when several processes sweep at once', async () => {
    await errands(700);
    clock.forward(21 * SECOND);
    driver.handedOver.length = 0;

    const sweeps = [aSweep(), aSweep(), aSweep()];
    sweeps.forEach((sweep) => sweep.soon());
    await Promise.all(sweeps.map((sweep) => sweep.finished()));

    expect(new Set(driver.handedOver.map(({ id }) => id)).size).toBe(700);
  });

  it('tries again at once when the queue could not be reached', async () => {
    const id = await anErrand();
    clock.forward(21 * SECOND);
    driver.down = true;
    expect(await swept()).toEqual([]);
    driver.down = false;

    expect(await swept()).toEqual([{ id, queue: 'default', attempts: 0, delay: 0 }]);
  });

  it('lets jobs be enqueued while the queue cannot be reached', async () => {
    driver.down = true;
    await jobs.enqueue(Errand, { name: 'a' });

    expect(await work.repository(JobRow).countBy({ status: 'waiting' })).toBe(1);
  });

  it('forgets done jobs after 7 days and failed ones after 30', async () => {
    const done = (days: number) => anErrand({ status: 'done', finishedAt: clock.in(-days * DAY) });
    const failed = (days: number) => anErrand({ status: 'failed', finishedAt: clock.in(-days * DAY) });
    await done(8);
    await failed(31);
    const kept = [await done(6), await failed(29), await anErrand()];

    await swept();

    expect((await work.repository(JobRow).find({ order: { id: 'ASC' } })).map(({ id }) => id)).toEqual(kept);
  });
});
