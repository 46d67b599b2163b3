import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Housekeeping } from './housekeeping.js';
import { JobHandlers } from './job-handlers.js';
import { JobRunner } from './job-runner.js';
import { QueueDriver } from './queue-driver.js';
import { Sweep } from './sweep.js';

/** Which process this is: `http` leaves jobs to workers where there are some, `worker` and `all` run them. */
export type JobRole = 'all' | 'http' | 'worker';

/** Whether this process runs jobs, or only hands them over. */
export abstract class RunsJobs {
  abstract readonly here: boolean;
}

@Injectable()
export class JobsLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly runner: JobRunner,
    private readonly driver: QueueDriver,
    private readonly sweep: Sweep,
    private readonly housekeeping: Housekeeping,
    private readonly runs: RunsJobs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.handlers.collect();
    if (this.runs.here) {
      await this.driver.start((id) => this.runner.run(id));
      this.housekeeping.start();
    } else {
      await this.driver.connect();
    }
    this.sweep.start();
  }

  // Before the database and the queue close their connections, which they do on application shutdown.
  async beforeApplicationShutdown(): Promise<void> {
    await this.housekeeping.stop();
    await this.sweep.stop();
    await this.driver.stop();
  }
}
