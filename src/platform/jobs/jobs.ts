import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { CurrentContext } from '../context/index.js';
import { insertMany, UnitOfWork } from '../database/index.js';
import { JobRow } from './job.entity.js';
import type { JobType } from './job.js';
import { QueueDriver } from './queue-driver.js';
import { Sweep } from './sweep.js';

export interface EnqueueOptions {
  /** Up to 190 characters. A job of the same name and key is enqueued once as long as its row is kept: 7 days after it was done, 30 after it failed. */
  key?: string;
  /** Milliseconds before which it does not run. */
  delay?: number;
}

export interface JobItem<Payload extends object> extends EnqueueOptions {
  payload: Payload;
}

const KEY_LENGTH = 190;
const TRACE_LENGTH = 64;
/** Rows of one INSERT: 13 values each, below SQLite's limit of 32 766 parameters. */
const CHUNK = 1_000;
const NEVER = new Date(0);

/** Enqueues jobs with the change that causes them: a job whose unit of work is rolled back was never there. */
@Injectable()
export class Jobs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly context: CurrentContext,
    private readonly driver: QueueDriver,
    private readonly sweep: Sweep,
  ) {}

  /** Writes the job in the open unit of work, or in one of its own, and hands it to the queue after the commit. */
  async enqueue<P extends object>(job: JobType<P>, payload: P, options: EnqueueOptions = {}): Promise<void> {
    await this.work.run(async () => {
      const now = this.clock.now();
      const row = this.rowOf(job, { payload, ...options }, now, now);
      await this.insert([row]);
      const written = row.key === null ? row : await this.work.repository(JobRow).findOneByOrFail({ name: row.name, key: row.key });
      // A key that was there before: its job is on its way, or done.
      if (written.status !== 'waiting' || written.attempts > 0) return;
      const { id, queue, attempts } = written;
      // Not waited for: a queue that is slow or gone must not hold up what has been committed.
      await this.work.afterCommit(() => void this.driver.offer([{ id, queue, attempts, delay: options.delay ?? 0 }]));
    });
  }

  /** The same for any number of jobs, in few statements. The queue hears of them from the sweep, which is called at once. */
  async enqueueAll<P extends object>(job: JobType<P>, items: readonly JobItem<P>[]): Promise<void> {
    if (items.length === 0) return;
    await this.work.run(async () => {
      const now = this.clock.now();
      const rows = items.map((item) => this.rowOf(job, item, now, NEVER));
      if (rows.some(({ key }) => key !== null))
        for (let start = 0; start < rows.length; start += CHUNK) await this.insert(rows.slice(start, start + CHUNK));
      else await insertMany(this.work.manager, JobRow, rows);
      await this.work.afterCommit(() => this.sweep.soon());
    });
  }

  private async insert(rows: JobRow[]): Promise<void> {
    const insert = this.work.repository(JobRow).createQueryBuilder().insert().values(rows);
    if (rows.some(({ key }) => key !== null)) await insert.orIgnore().updateEntity(false).execute();
    else await insert.updateEntity(rows.length === 1).execute();
  }

  private rowOf<P extends object>(job: JobType<P>, { payload, key, delay = 0 }: JobItem<P>, now: Date, handedAt: Date): JobRow {
    // An ignoring INSERT would cut it off on MySQL, and take two jobs for one.
    if (key !== undefined && key.length > KEY_LENGTH)
      throw new Error(`The key of a job ${job.name} is longer than ${KEY_LENGTH} characters.`);
    return Object.assign(new JobRow(), {
      name: job.name,
      queue: job.queue,
      payload,
      key: key ?? null,
      status: 'waiting' as const,
      attempts: 0,
      maxAttempts: job.attempts,
      dueAt: new Date(now.getTime() + delay),
      handedAt,
      lastError: null,
      traceId: this.context.get().traceId.slice(0, TRACE_LENGTH),
      createdAt: now,
      finishedAt: null,
    });
  }
}
