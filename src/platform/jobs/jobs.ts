import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Clock } from '../clock/index.js';
import { CurrentContext } from '../context/index.js';
import { batchesById, insertMany, UnitOfWork } from '../database/index.js';
import { ERASED } from '../personal-data/index.js';
import { JobRow } from './job.entity.js';
import type { JobType } from './job.js';
import { QueueDriver } from './queue-driver.js';

interface EnqueueOptions {
  /** Up to 190 characters. A job of the same name and key is enqueued once as long as its row is kept: 7 days after it was done, 30 after it failed. */
  key?: string;
  /** Milliseconds before which it does not run. */
  delay?: number;
}

const KEY_LENGTH = 190;
const TRACE_LENGTH = 64;

/** Enqueues jobs with the change that causes them: a job whose unit of work is rolled back was never there. */
@Injectable()
export class Jobs {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly context: CurrentContext,
    private readonly driver: QueueDriver,
  ) {}

  /** Writes the job in the open unit of work, or in one of its own, and hands it to the queue after the commit. */
  async enqueue<P extends object>(job: JobType<P>, payload: P, options: EnqueueOptions = {}): Promise<void> {
    await this.work.run(async () => {
      const row = this.rowOf(job, payload, options);
      await this.insert(row);
      const written = row.key === null ? row : await this.work.repository(JobRow).findOneByOrFail({ name: row.name, key: row.key });
      // A key that was there before: its job is on its way, or done.
      if (written.status !== 'waiting' || written.attempts > 0) return;
      const { id, queue, attempts } = written;
      // Not waited for: a queue that is slow or gone must not hold up what has been committed.
      await this.work.afterCommit(() => void this.driver.offer([{ id, queue, attempts, delay: options.delay ?? 0 }]));
    });
  }

  /** The same for many jobs without keys, in few statements. */
  async enqueueAll<P extends object>(job: JobType<P>, payloads: readonly P[]): Promise<void> {
    await this.work.run(async () => {
      const rows = payloads.map((payload) => this.rowOf(job, payload, {}));
      const ids = await insertMany(this.work.manager, JobRow, rows);
      const offers = ids.map((id) => ({ id, queue: job.queue, attempts: 0, delay: 0 }));
      await this.work.afterCommit(() => void this.driver.offer(offers));
    });
  }

  /** Takes errors that tell of somebody off the jobs that met them. */
  async forgetErrors(tells: (error: string) => boolean): Promise<void> {
    for await (const rows of batchesById(this.work.manager, JobRow, { lastError: Not(IsNull()) }, ['lastError'])) {
      const ids = rows.filter(({ lastError }) => lastError !== null && tells(lastError)).map(({ id }) => id);
      if (ids.length > 0) await this.work.repository(JobRow).update({ id: In(ids) }, { lastError: ERASED });
    }
  }

  private async insert(row: JobRow): Promise<void> {
    const insert = this.work.repository(JobRow).createQueryBuilder().insert().values(row);
    if (row.key === null) await insert.execute();
    else await insert.orIgnore().updateEntity(false).execute();
  }

  private rowOf<P extends object>(job: JobType<P>, payload: P, { key, delay = 0 }: EnqueueOptions): JobRow {
    const now = this.clock.now();
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
      handedAt: now,
      lastError: null,
      traceId: this.context.get().traceId.slice(0, TRACE_LENGTH),
      createdAt: now,
      finishedAt: null,
    });
  }
}
