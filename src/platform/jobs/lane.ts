import type { Logger } from '@nestjs/common';
import type { Clock } from '../clock/index.js';
import type { JobRows } from './job-rows.js';
import type { QueueName } from './job.js';

export interface LaneOptions {
  readonly queue: QueueName;
  readonly concurrency: number;
  /** Milliseconds after which it looks at the rows although nobody woke it. */
  readonly idle: number;
  readonly names: readonly string[];
  readonly run: (id: number) => Promise<void>;
}

/** One queue of the in-process driver: takes due rows, oldest first, as many at a time as its concurrency allows. */
export class Lane {
  private readonly running = new Map<number, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private stopped = false;

  constructor(
    private readonly rows: JobRows,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly options: LaneOptions,
  ) {}

  /** Looks for due jobs now, or once more when it is just looking. */
  wake(): void {
    if (this.looking) this.lookAgain = true;
    else if (!this.stopped) this.looking = this.look();
  }

  /** Takes no more; resolves when everything that runs has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all(this.running.values());
  }

  private async look(): Promise<void> {
    let rest = this.options.idle;
    try {
      do {
        this.lookAgain = false;
        rest = await this.take();
      } while (this.lookAgain && !this.stopped);
    } catch (error) {
      this.logger.warn(`Looking for jobs failed: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.looking = undefined;
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), rest);
  }

  /** Begins what is due and answers how long there is nothing to do, unless somebody wakes the lane. */
  private async take(): Promise<number> {
    const { queue, concurrency, idle, names } = this.options;
    // The end of a run wakes the lane.
    if (this.running.size >= concurrency) return idle;
    const upcoming = await this.rows.upcoming(queue, names, concurrency);
    let rest = idle;
    for (const { id, dueAt } of upcoming) {
      const wait = dueAt.getTime() - this.clock.now().getTime();
      if (wait > 0) rest = Math.min(rest, wait);
      else if (!this.stopped && !this.running.has(id) && this.running.size < concurrency) this.begin(id);
    }
    return rest;
  }

  private begin(id: number): void {
    const run = this.options.run(id).then(
      () => this.end(id, true),
      (error: unknown) => {
        this.logger.error(error, `The job ${id} could not be run; it will be tried again`);
        this.end(id, false);
      },
    );
    this.running.set(id, run);
  }

  private end(id: number, wake: boolean): void {
    this.running.delete(id);
    if (wake) this.wake();
  }
}
