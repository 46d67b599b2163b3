import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConfigurationFault, type QueueSettings } from '../config/index.js';
import { InProcessDriver } from './in-process-driver.js';
import { JobRow } from './job.entity.js';
import { Housekeeping } from './housekeeping.js';
import { JobHandlers } from './job-handlers.js';
import { JobRows } from './job-rows.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.js';
import { type JobRole, JobsLifecycle, RunsJobs } from './jobs-lifecycle.js';
import { JobTimings } from './job-timings.js';
import { QueueDriver } from './queue-driver.js';
import { QueueHealth } from './queue.health.js';
import { SqliteLog } from './sqlite-log.js';
import { Sweep } from './sweep.js';

@Module({})
class JobServicesModule {}

interface Queueing {
  driver: Provider;
  queues: DynamicModule[];
}

const inProcess: Queueing = { driver: { provide: QueueDriver, useClass: InProcessDriver }, queues: [] };

// Loaded on demand: Bull costs a process without Redis 20 MB and a tenth of its start.
async function onBull(redisUrl: string): Promise<Queueing> {
  const { bullDriver, bullQueues } = await import('./bull-driver.js');
  return { driver: bullDriver, queues: bullQueues(redisUrl) };
}

interface JobsModuleOptions {
  queue: QueueSettings;
  role: JobRole;
}

/**
 * Durable jobs, everywhere in the application. Import it last in the root module: jobs begin to run when this module is
 * bootstrapped, and what they need must be ready by then.
 */
@Module({})
export class JobsModule {
  static async for({ queue: { redisUrl }, role }: JobsModuleOptions): Promise<DynamicModule> {
    if (redisUrl === undefined && role === 'worker')
      throw new ConfigurationFault(['REDIS_URL must be set for a worker; without Redis, jobs run inside the HTTP process']);
    const { driver, queues } = redisUrl === undefined ? inProcess : await onBull(redisUrl);
    const runs: RunsJobs = { here: redisUrl === undefined || role !== 'http' };
    // The services are global. The life cycle is not: hooks of global modules are called first, and jobs must begin last.
    const services: DynamicModule = {
      module: JobServicesModule,
      global: true,
      imports: [TypeOrmModule.forFeature([JobRow]), ...queues],
      providers: [
        Housekeeping,
        QueueHealth,
        Jobs,
        JobHandlers,
        JobRows,
        JobRunner,
        JobTimings,
        SqliteLog,
        Sweep,
        driver,
        { provide: RunsJobs, useValue: runs },
      ],
      exports: [Housekeeping, Jobs, JobHandlers, JobRunner, JobTimings, QueueDriver, RunsJobs, Sweep],
    };
    return { module: JobsModule, imports: [services], providers: [JobsLifecycle] };
  }
}
