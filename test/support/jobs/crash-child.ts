import 'reflect-metadata';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { JobRow } from '../../../src/platform/jobs/job.entity.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs, QueueDriver } from '../../../src/platform/jobs/index.js';
import type { ChildOrder } from './child.js';
import { DEATH_POINT, Deliver, Deliveries, die } from './crash-jobs.js';
import { eventually } from './eventually.js';
import { aJobsApp, inside } from './jobs-app.js';

/** One process of the product in small: does what `CHILD_ORDER` says and ends, unless it is killed before. */
const { settings, redisUrl, role, deathPoint, enqueue, takesItsOwn, untilDone } = JSON.parse(
  process.env['CHILD_ORDER'] ?? '',
) as ChildOrder;

const app = await aJobsApp({
  settings,
  redisUrl,
  role,
  providers: [Deliveries, { provide: DEATH_POINT, useValue: deathPoint }],
});
if (deathPoint === 'before-hand-over') app.get(QueueDriver).handOver = async () => die();
if (takesItsOwn)
  app.get(QueueDriver).handOver = async (jobs) => void (await Promise.all(jobs.map(({ id }) => inside(app, JobRunner).run(id))));
const work = app.get(UnitOfWork);
await work.run(async () => {
  for (const name of enqueue) await app.get(Jobs).enqueue(Deliver, { name });
});
if (untilDone) {
  const open = () => work.repository(JobRow).countBy([{ status: 'waiting' }, { status: 'running' }]);
  await eventually(async () => (await open()) === 0, 'all jobs end', 60_000);
}
await app.close();
