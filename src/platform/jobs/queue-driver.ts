import { Logger } from '@nestjs/common';
import type { QueueName } from './job.js';

/** A row's id on its way to the queue. `attempts` are those begun so far, `delay` is in milliseconds. */
export interface HandOver {
  readonly id: number;
  readonly queue: QueueName;
  readonly attempts: number;
  readonly delay: number;
}

/** Carries ids to where jobs are run. It may lose them, or bring one twice: the rows hold the truth. */
export abstract class QueueDriver {
  protected readonly logger = new Logger('Jobs');

  /** Hands ids over to the queue. Rejects when the queue cannot be reached. */
  abstract handOver(jobs: readonly HandOver[]): Promise<void>;

  /** Makes ready to hand over; resolves also when the queue cannot be reached yet. */
  abstract connect(): Promise<void>;

  /** Connects, begins to take ids and calls `run` for each. `run` never rejects because of a handler. */
  abstract start(run: (id: number) => Promise<void>): Promise<void>;

  /** Takes no more and waits for what runs, up to `JobTimings.stopWithin`. */
  abstract stop(): Promise<void>;

  /** Rejects unless the queue can be reached. */
  abstract ping(): Promise<void>;

  /** Like {@link handOver}, but a failure is logged only: the sweep will hand over again. */
  async offer(jobs: readonly HandOver[]): Promise<void> {
    try {
      await this.handOver(jobs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(`Could not hand over ${jobs.length} job(s), the sweep will do it: ${reason}`);
    }
  }
}
