import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { JobRows } from './job-rows.js';
import { JobTimings } from './job-timings.js';
import { QueueDriver } from './queue-driver.js';

const CHUNK = 500;
/** Chunks of old rows deleted in one round; the rest waits for the next. */
const FORGOTTEN_CHUNKS = 10;

/**
 * Hands over again what the queue has lost: jobs whose process died between commit and hand-over or in the middle of a run, and
 * everything after Redis was emptied. Any number of processes may sweep at once, as a job that is handed over twice runs once.
 */
@Injectable()
export class Sweep {
  private readonly logger = new Logger('Jobs');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private wanted = false;
  private stopped = false;

  constructor(
    private readonly rows: JobRows,
    private readonly driver: QueueDriver,
    private readonly clock: Clock,
    private readonly timings: JobTimings,
  ) {}

  /** Sweeps everything that is due, then at an interval what has been lost. */
  start(): void {
    this.stopped = false;
    this.timer = setInterval(() => this.soon(), this.timings.sweepEvery);
    this.sweeping = this.rounds(this.clock.now());
  }

  /** Sweeps now, or as soon as the round under way is over. */
  soon(): void {
    if (this.sweeping) this.wanted = true;
    else if (!this.stopped) this.sweeping = this.rounds(this.clock.in(-this.timings.handOverGrace));
  }

  /** Resolves when no round is under way. */
  async finished(): Promise<void> {
    while (this.sweeping) await this.sweeping;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.finished();
  }

  private async rounds(handedBefore: Date): Promise<void> {
    try {
      await this.round(handedBefore);
    } catch (error) {
      this.logger.warn(`Sweeping the jobs failed, the next round will do it: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.sweeping = undefined;
    const again = this.wanted;
    this.wanted = false;
    if (again) this.soon();
  }

  private async round(handedBefore: Date): Promise<void> {
    await this.handOver('waiting', handedBefore);
    await this.handOver('running', handedBefore);
    await this.forget('done', this.timings.keepDone);
    await this.forget('failed', this.timings.keepFailed);
  }

  private async handOver(status: 'waiting' | 'running', handedBefore: Date): Promise<void> {
    for (let found = CHUNK; found === CHUNK && !this.stopped;) {
      const lost = await this.rows.lost(status, handedBefore, CHUNK);
      found = lost.length;
      if (found === 0) return;
      await this.driver.ping();
      // Marked before, as rows whose run has begun may be locked for as long as its unit of work takes.
      await this.rows.handed(lost.map(({ id }) => id));
      await this.driver.handOver(lost.map(({ id, queue, attempts }) => ({ id, queue, attempts, delay: 0 })));
    }
  }

  private async forget(status: 'done' | 'failed', age: number): Promise<void> {
    for (let chunk = 0; chunk < FORGOTTEN_CHUNKS && !this.stopped; chunk++) {
      if ((await this.rows.forget(status, this.clock.in(-age), CHUNK)) < CHUNK) return;
    }
  }
}
