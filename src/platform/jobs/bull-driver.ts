import { BullModule, getQueueToken } from '@nestjs/bull';
import type { DynamicModule, FactoryProvider } from '@nestjs/common';
import type { Queue } from 'bull';
import { DatabaseSettings } from '../config/index.js';
import { JobTimings } from './job-timings.js';
import { QUEUE_NAMES, QUEUES, type QueueName } from './job.js';
import { type HandOver, QueueDriver } from './queue-driver.js';
import { within } from './within.js';

type JobQueue = Queue<{ id: number }>;

/** How long the start waits for Redis before it goes on without: the sweep catches up. */
const CONNECT_WITHIN = 2_000;
const PING_WITHIN = 1_000;
const RECONNECT_AT_MOST = 2_000;

/** Bull on Redis. Retries and delays after failures are the rows' own, so Bull tries once and forgets. */
export class BullDriver extends QueueDriver {
  private unreachable = false;
  private processing = false;

  constructor(
    private readonly queues: ReadonlyMap<QueueName, JobQueue>,
    private readonly timings: JobTimings,
  ) {
    super();
    for (const queue of queues.values()) {
      queue.on('error', (error) => this.complain(error));
      queue.client.on('ready', () => (this.unreachable = false));
    }
  }

  async handOver(jobs: readonly HandOver[]): Promise<void> {
    for (const [name, queue] of this.queues) {
      const own = jobs.filter((job) => job.queue === name);
      if (own.length === 0) continue;
      // Bull would keep the command until Redis is back; the row is kept better.
      if (queue.client.status !== 'ready') throw new Error('Redis cannot be reached.');
      await queue.addBulk(
        own.map(({ id, attempts, delay }) => ({
          data: { id },
          // The same attempt handed over twice is one job to Bull; the next attempt is another.
          opts: { jobId: `${id}-${attempts}`, delay, attempts: 1, removeOnComplete: true, removeOnFail: true },
        })),
      );
    }
  }

  async start(run: (id: number) => Promise<void>): Promise<void> {
    this.processing = true;
    for (const [name, queue] of this.queues) {
      queue.process(QUEUES[name], (job) => run(job.data.id)).catch((error: unknown) => this.complain(error));
    }
    await this.connect();
  }

  async connect(): Promise<void> {
    const clients = [...this.queues.values()].map(({ client }) => client);
    const ready = clients
      .filter((client) => client.status !== 'ready')
      .map((client) => new Promise((resolve) => client.once('ready', resolve)));
    await within(Promise.all(ready), CONNECT_WITHIN);
  }

  async stop(): Promise<void> {
    if (!this.processing) return;
    const queues = [...this.queues.values()];
    const ended = await within(Promise.all(queues.map((queue) => queue.pause(true))), this.timings.stopWithin);
    if (!ended) this.logger.warn('Some jobs still run; they will be run again.');
    // BullModule closes the queues too, and would wait for hanging handlers for ever.
    await within(Promise.all(queues.map((queue) => queue.close(true))), this.timings.stopWithin);
  }

  async ping(): Promise<void> {
    const [queue] = this.queues.values();
    if (queue?.client.status !== 'ready') throw new Error('Redis cannot be reached.');
    // One that is full answers as well, and takes no jobs.
    const written = queue.client.set(queue.toKey('ping'), '', 'PX', PING_WITHIN);
    if (!(await within(written, PING_WITHIN))) throw new Error('Redis does not answer.');
  }

  /** Every reconnect of every connection fails during an outage: one line is enough. */
  private complain(error: unknown): void {
    if (this.unreachable) return;
    this.unreachable = true;
    this.logger.error(`The queue has trouble: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The queues in Redis. They carry the name of the database, so that ids of two databases in one Redis are not mixed up. */
export function bullQueues(redisUrl: string): DynamicModule[] {
  const shared = BullModule.forRootAsync({
    inject: [DatabaseSettings, JobTimings],
    useFactory: ({ kind, location }: DatabaseSettings, timings: JobTimings) => ({
      url: redisUrl,
      prefix: `{customer-identity:${kind === 'sqlite' ? location : new URL(location).pathname.slice(1)}}`,
      // A job that a dead process had taken, but not claimed, blocks its id in Bull until Bull finds it stalled, by default in a minute.
      settings: { lockDuration: timings.lease, lockRenewTime: timings.beatEvery, stalledInterval: timings.sweepEvery },
      redis: {
        // Bull's blocking connections need `null` and get it from Bull; on the others a command must fail in an outage, not hang.
        maxRetriesPerRequest: 3,
        retryStrategy: (times: number) => Math.min(times * 200, RECONNECT_AT_MOST),
        ...(redisUrl.startsWith('rediss:') ? { tls: {} } : {}),
      },
    }),
  });
  return [shared, BullModule.registerQueue(...QUEUE_NAMES.map((name) => ({ name })))];
}

export const bullDriver: FactoryProvider<QueueDriver> = {
  provide: QueueDriver,
  inject: [JobTimings, ...QUEUE_NAMES.map((name) => getQueueToken(name))],
  useFactory: (timings: JobTimings, ...queues: JobQueue[]) =>
    new BullDriver(new Map(queues.map((queue) => [queue.name as QueueName, queue])), timings),
};
