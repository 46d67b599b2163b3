import { MINUTE, SECOND } from '../clock/index.js';

/** The queues, with how many jobs of each one process runs at a time. */
export const QUEUES = { default: 5, mail: 5, 'bulk-mail': 3, imports: 1 } as const;

export type QueueName = keyof typeof QUEUES;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

/** The wait after a failed attempt, in milliseconds: `first`, then `factor` times the one before, never above `max`. */
export interface Backoff {
  first: number;
  factor: number;
  max: number;
}

export interface JobOptions {
  queue: QueueName;
  /** How often it is tried in all; 5 by default. */
  attempts?: number;
  backoff?: Backoff;
}

/** A kind of job: a stable name, imperative, and how it is queued and retried. Made by {@link defineJob}. */
export class JobType<Payload extends object = object> {
  /** Of use to the type checker alone. */
  declare readonly payload: Payload;

  constructor(
    readonly name: string,
    readonly queue: QueueName,
    readonly attempts: number,
    private readonly backoff: Backoff,
  ) {}

  /** Milliseconds to wait after the failed attempt number `attempt`, counted from 1. */
  waitAfter(attempt: number): number {
    return Math.min(this.backoff.first * this.backoff.factor ** (attempt - 1), this.backoff.max);
  }
}

const NAME_LENGTH = 100;
const BACKOFF: Backoff = { first: 5 * SECOND, factor: 4, max: 15 * MINUTE };
const defined = new Map<string, JobType>();

/**
 * Defines a kind of job by its name, such as `notifications.send-email`. The payload is kept as JSON and should hold ids, not
 * copies. The start fails unless exactly one method carries {@link HandlesJob} for it.
 */
export function defineJob<Payload extends object>(name: string, { queue, attempts = 5, backoff = BACKOFF }: JobOptions): JobType<Payload> {
  if (defined.has(name)) throw new Error(`The job ${name} is defined twice.`);
  if (name.length > NAME_LENGTH) throw new Error(`The name of the job ${name} is longer than ${NAME_LENGTH} characters.`);
  const job = new JobType<Payload>(name, queue, attempts, backoff);
  defined.set(name, job);
  return job;
}

/** Every job that has been defined. */
export const definedJobs = (): JobType[] => [...defined.values()];
