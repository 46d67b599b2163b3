import { Injectable, Logger } from '@nestjs/common';
import { CurrentContext } from '../context/index.js';
import { UnitOfWork } from '../database/index.js';
import { Heartbeat } from './heartbeat.js';
import type { JobRow } from './job.entity.js';
import { type JobHandler, JobHandlers } from './job-handlers.js';
import { JobRows } from './job-rows.js';
import { JobRun, LeaseLost } from './job-run.js';
import { JobTimings } from './job-timings.js';
import { type HandOver, QueueDriver } from './queue-driver.js';

/** How often a failing `@WhenGivenUp` is tried before the job is closed without it. */
const GIVE_UP_TRIES = 5;

/** Runs one job by its id: whoever brings the id, and however often, each attempt is run by one process. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger('Jobs');
  private readonly inHand = new Set<number>();

  constructor(
    private readonly rows: JobRows,
    private readonly handlers: JobHandlers,
    private readonly driver: QueueDriver,
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly timings: JobTimings,
  ) {}

  /** Does nothing when the job is not due or runs already. A failing handler is no failure of this; an unreachable database is. */
  async run(id: number): Promise<void> {
    if (this.inHand.has(id)) return;
    this.inHand.add(id);
    let again: HandOver | undefined;
    try {
      const row = await this.rows.claim(id, this.handlers.names());
      if (row) again = await this.context.run({ traceId: row.traceId, via: 'job' }, () => this.attempt(row));
    } finally {
      this.inHand.delete(id);
    }
    if (again) await this.driver.offer([again]);
  }

  private async attempt(row: JobRow): Promise<HandOver | undefined> {
    const handler = this.handlers.get(row.name);
    const heartbeat = new Heartbeat(() => this.rows.extend(row), this.timings.beatEvery, this.logger);
    try {
      if (row.attempts > row.maxAttempts)
        return await this.giveUp(row, handler, row.lastError ?? 'Its process died during the last attempt.');
      const error = await this.errorOf(() => handler.handle.call(row.payload, new JobRun(row, this.rows)));
      if (error === undefined) await this.rows.close(row);
      else return await this.afterError(row, handler, error);
      return undefined;
    } finally {
      await heartbeat.stop();
    }
  }

  private async afterError(row: JobRow, handler: JobHandler, error: Error): Promise<HandOver | undefined> {
    if (error instanceof LeaseLost) {
      this.logger.warn(error.message);
      return undefined;
    }
    this.logger.error(
      `Attempt ${row.attempts} of ${row.maxAttempts} of the job ${row.name} (${row.id}) failed: ${error.message}`,
      error.stack,
    );
    if (row.attempts >= row.maxAttempts) return this.giveUp(row, handler, error.message);
    return this.again(row, handler, error.message);
  }

  private async again(row: JobRow, { job }: JobHandler, error: string): Promise<HandOver | undefined> {
    // Runs that put the job off added to both.
    const delay = job.waitAfter(row.attempts - (row.maxAttempts - job.attempts));
    if (await this.rows.retry(row, delay, error)) return { id: row.id, queue: row.queue, attempts: row.attempts, delay };
    this.logger.warn(new LeaseLost(row).message);
    return undefined;
  }

  private async giveUp(row: JobRow, handler: JobHandler, reason: string): Promise<HandOver | undefined> {
    const error = await this.errorOf(() =>
      this.work.run(async () => {
        if (!(await this.rows.fail(row, reason))) throw new LeaseLost(row);
        await handler.givenUp?.call(row.payload, reason);
      }),
    );
    if (error === undefined) {
      this.logger.error(`The job ${row.name} (${row.id}) is given up: ${reason}`);
    } else if (error instanceof LeaseLost) {
      this.logger.warn(error.message);
    } else {
      this.logger.error(`What should follow the end of the job ${row.name} (${row.id}) failed: ${error.message}`, error.stack);
      if (row.attempts < row.maxAttempts + GIVE_UP_TRIES) return this.again(row, handler, reason);
      await this.rows.fail(row, reason);
    }
    return undefined;
  }

  private async errorOf(work: () => Promise<unknown>): Promise<Error | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
