import type { INestApplicationContext, LoggerService, Provider, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock, ClockModule } from '../../../src/platform/clock/index.js';
import { DatabaseSettings } from '../../../src/platform/config/index.js';
import { ContextModule } from '../../../src/platform/context/index.js';
import { ContributionsModule } from '../../../src/platform/contributions/index.js';
import { DatabaseModule } from '../../../src/platform/database/index.js';
import { type JobRole, JobsModule, JobTimings, QueueDriver } from '../../../src/platform/jobs/index.js';
import { Effect, type TestDatabase } from './test-database.js';

export interface JobsAppOptions {
  settings: TestDatabase['settings'];
  providers: Provider[];
  redisUrl?: string;
  role?: JobRole;
  timings?: Partial<JobTimings>;
  clock?: Clock;
  driver?: QueueDriver;
  logger?: LoggerService | false;
}

/** Short enough for tests, long enough for a busy machine not to take the living for dead. */
export const QUICK: Partial<JobTimings> = {
  lease: 3_000,
  beatEvery: 300,
  sweepEvery: 200,
  handOverGrace: 1_000,
  idle: 50,
  stopWithin: 5_000,
};

/** The job machinery with the handlers of a test, started. `close` stops it. */
export async function aJobsApp(options: JobsAppOptions): Promise<INestApplicationContext> {
  const { settings, providers, redisUrl, role = 'all', timings = QUICK, clock, driver, logger = false } = options;
  const builder = Test.createTestingModule({
    imports: [
      ClockModule,
      ContextModule,
      ContributionsModule,
      {
        module: class SettingsModule {},
        global: true,
        providers: [{ provide: DatabaseSettings, useValue: settings }],
        exports: [DatabaseSettings],
      },
      DatabaseModule,
      TypeOrmModule.forFeature([Effect]),
      JobsModule.for({ queue: { redisUrl }, role }),
    ],
    providers,
  });
  builder.setLogger(logger === false ? SILENT : logger);
  builder.overrideProvider(JobTimings).useValue(Object.assign(new JobTimings(), timings));
  if (clock) builder.overrideProvider(Clock).useValue(clock);
  if (driver) builder.overrideProvider(QueueDriver).useValue(driver);
  const module = await builder.compile();
  try {
    return await module.init();
  } catch (error) {
    await module.close();
    throw error;
  }
}

const ignore = () => undefined;
const SILENT: LoggerService = { log: ignore, error: ignore, warn: ignore, debug: ignore, verbose: ignore, fatal: ignore };

/** The instance of a provider, also of one that its module keeps to itself. */
export const inside = <T>(app: INestApplicationContext, type: Type<T>): T => app.get(type, { strict: false });
