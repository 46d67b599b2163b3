import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { defineJob, HandlesJob, JobRun, WhenGivenUp } from '../../../src/platform/jobs/index.js';
import { Effect } from './test-database.js';

/** Where a process kills itself. */
export type DeathPoint = 'before-hand-over' | 'before-effect' | 'before-commit' | 'after-commit' | 'never';

export const DEATH_POINT = 'DEATH_POINT';

export const Deliver = defineJob<{ name: string }>('tests.deliver', {
  queue: 'default',
  attempts: 3,
  backoff: { first: 50, factor: 1, max: 50 },
});

export const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

/** Leaves one row per delivery, or kills its process on the way. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(DEATH_POINT) private readonly deathPoint: DeathPoint,
  ) {}

  @HandlesJob(Deliver)
  async deliver({ name }: { name: string }, run: JobRun): Promise<void> {
    if (this.deathPoint === 'before-effect') die();
    await this.work.run(async () => {
      await this.work.repository(Effect).insert({ name });
      await run.complete();
      if (this.deathPoint === 'before-commit') die();
    });
    if (this.deathPoint === 'after-commit') die();
  }

  @WhenGivenUp(Deliver)
  async givenUp({ name }: { name: string }): Promise<void> {
    await this.work.repository(Effect).insert({ name: `gave up ${name}` });
  }
}
