import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { JobHandlers } from './job-handlers.js';
import { JobRows } from './job-rows.js';
import { JobTimings } from './job-timings.js';
import { QUEUE_NAMES, QUEUES, type QueueName } from './job.js';
import { Lane } from './lane.js';
import { type HandOver, QueueDriver } from './queue-driver.js';
import { within } from './within.js';

/**
 * Milliseconds that whoever enqueued has for his answer. On one thread the work would delay it, and so tell how much work there is: such
 * as whether an email address has an account.
 */
const AFTER_THE_ANSWER = 25;

/** The queue without Redis: the rows themselves, read by the process that enqueues. A hand-over only wakes it. */
@Injectable()
export class InProcessDriver extends QueueDriver {
  private readonly lanes = new Map<QueueName, Lane>();

  constructor(
    private readonly rows: JobRows,
    private readonly handlers: JobHandlers,
    private readonly clock: Clock,
    private readonly timings: JobTimings,
  ) {
    super();
  }

  async handOver(jobs: readonly HandOver[]): Promise<void> {
    for (const queue of new Set(jobs.map((job) => job.queue))) setTimeout(() => this.lanes.get(queue)?.wake(), AFTER_THE_ANSWER).unref();
  }

  async connect(): Promise<void> {
    // There is nothing to connect to.
  }

  async start(run: (id: number) => Promise<void>): Promise<void> {
    await this.rows.endLeasesOfDeadProcess();
    const common = { idle: this.timings.idle, names: this.handlers.names(), run };
    for (const queue of QUEUE_NAMES) {
      const lane = new Lane(this.rows, this.clock, this.logger, { ...common, queue, concurrency: QUEUES[queue] });
      this.lanes.set(queue, lane);
      lane.wake();
    }
  }

  async stop(): Promise<void> {
    const stopping = [...this.lanes.values()].map((lane) => lane.stop());
    if (!(await within(Promise.all(stopping), this.timings.stopWithin))) this.logger.warn('Some jobs still run; they will be run again.');
  }

  async ping(): Promise<void> {
    // It cannot be out of reach.
  }
}
