import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Random } from '../clock/index.js';
import { AskedTogether } from './asked-together.js';
import { KEPT, LONGEST_CHANGE, Revisions } from './revisions.js';
import { EVERYTHING, type Subject } from './subject.js';
import { PROVED_FOR, WriteProof } from './write-proof.js';

/** Before the revision of a subject that is being changed. */
const CHANGING = '~';

/** One command for all, as a batch of an import changes a thousand of them. */
const SET_ALL = "for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end";

/** Milliseconds between attempts to reach Redis. */
const AGAIN = 100;
const CONNECT_WITHIN = 1_000;
/** How long an answer of Redis may take. A machine that is busy takes its time; one that is gone does not answer at all. */
const ANSWER_WITHIN = 2_000;

/** How long a change waits for Redis to be back, in milliseconds. */
const PATIENCE = 1_000;

/** Somebody who waits for the connection, or for so many attempts at it to have failed. */
interface Waiting {
  attempts: number;
  readonly done: () => void;
}

/**
 * For any number of processes: each change sets the key of its subject to a random text, and each request reads the keys of all that it
 * depends on at once. Who connects, or connects again, changes everything: neither what Redis has lost nor what could not be told to it
 * is relied on, and what was remembered over another connection is forgotten. Without Redis, or one that takes writes, nothing is remembered.
 */
export class RedisRevisions extends Revisions implements OnApplicationShutdown {
  private readonly logger = new Logger('Revisions');
  /** Counts the connections; `undefined` while there is none that can be relied on. */
  private connection: number | undefined;
  private connections = 0;
  private fault: unknown;
  /** When Redis first answered that it takes no writes, unless it has taken one since. */
  private refusedSince: number | undefined;
  private stopping = false;
  private readonly waiting = new Set<Waiting>();
  private readonly values: AskedTogether;
  private readonly proof: WriteProof;

  private constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly random: Random,
  ) {
    super();
    this.values = new AskedTogether((keys) => redis.mget(keys));
    this.proof = new WriteProof(() => this.start());
    redis.on('ready', () => void this.begin());
    redis.on('error', (error) => (this.fault = error));
    redis.on('close', () => {
      this.lose();
      for (const one of this.waiting) if (--one.attempts === 0) one.done();
    });
  }

  /** Resolves also when Redis cannot be reached yet. The client is loaded on demand, as Bull is. */
  static async at(url: string, prefix: string, random: Random): Promise<RedisRevisions> {
    const { Redis } = await import('ioredis');
    const redis = new Redis(url, {
      lazyConnect: true,
      // A command that cannot be sent now fails now: the database is asked instead.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: ANSWER_WITHIN,
      connectTimeout: CONNECT_WITHIN,
      disconnectTimeout: PATIENCE / 2,
      retryStrategy: () => AGAIN,
    });
    const revisions = new RedisRevisions(redis, prefix, random);
    redis.connect().catch((error: unknown) => (revisions.fault = error));
    await revisions.reachable();
    return revisions;
  }

  async of(subjects: readonly Subject[]): Promise<string | undefined> {
    const { connection } = this;
    if (connection === undefined) return undefined;
    try {
      const proved = this.proof.holds();
      const [everything, ...others] = await this.values.of([EVERYTHING, ...subjects].map((one) => this.keyOf(one)));
      // Another one may have answered.
      if (!(await proved) || this.connection !== connection) return undefined;
      // Emptied since this connection was made.
      if (typeof everything !== 'string') {
        await this.start();
        return undefined;
      }
      if ([everything, ...others].some((one) => one?.startsWith(CHANGING))) return undefined;
      return [connection, everything, ...others].join(' ');
    } catch (error) {
      this.distrust(error);
      return undefined;
    }
  }

  async changing(subjects: readonly Subject[]): Promise<void> {
    if (this.connection !== undefined) await this.set(subjects, CHANGING + this.random.token(64), LONGEST_CHANGE);
  }

  async changed(subjects: readonly Subject[]): Promise<void> {
    if (this.connection !== undefined && (await this.set(subjects, this.random.token(64), KEPT))) return;
    await this.reachable();
    // What changed with the connection may have changed before the commit.
    if (this.connection !== undefined && (await this.set(subjects, this.random.token(64), KEPT))) return;
    // Redis takes no writes: those who have not noticed yet may go by what they remember.
    const left = this.refusedSince === undefined ? 0 : this.refusedSince + PROVED_FOR - performance.now();
    if (left > 0) await pause(left);
  }

  onApplicationShutdown(): void {
    this.stopping = true;
    this.redis.disconnect();
  }

  /** False when Redis has not taken it. */
  private set(subjects: readonly Subject[], revision: string, kept: number): Promise<boolean> {
    return this.write(async () => {
      const forEver = kept === KEPT && subjects.includes(EVERYTHING);
      const others = forEver ? subjects.filter((one) => one !== EVERYTHING) : subjects;
      if (forEver) await this.redis.set(this.keyOf(EVERYTHING), revision);
      if (others.length === 1) await this.redis.set(this.keyOf(others[0] ?? EVERYTHING), revision, 'PX', kept);
      else if (others.length > 1) await this.redis.eval(SET_ALL, others.length, ...others.map((one) => this.keyOf(one)), revision, kept);
    });
  }

  private async begin(): Promise<void> {
    const connection = ++this.connections;
    if (!(await this.set([EVERYTHING], this.random.token(64), KEPT)) || connection !== this.connections) return;
    if (connection > 1) this.logger.log('Redis can be asked again what has changed.');
    this.connection = connection;
    for (const one of this.waiting) one.done();
  }

  /** Sets what everything starts with, unless it is there. False when Redis takes no writes. */
  private start(): Promise<boolean> {
    return this.write(() => this.redis.set(this.keyOf(EVERYTHING), this.random.token(64), 'NX'));
  }

  /** False when Redis has not taken it. */
  private async write(send: () => Promise<unknown>): Promise<boolean> {
    try {
      await send();
      this.refusedSince = undefined;
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ReplyError') this.refusedSince ??= performance.now();
      this.distrust(error);
      return false;
    }
  }

  /** An answer that failed, or did not come in time: only a new connection is relied on again. */
  private distrust(error: unknown): void {
    this.fault = error;
    this.lose();
    if (!this.stopping) this.redis.disconnect(true);
  }

  /** Writes one line per outage. */
  private lose(): void {
    const reason = this.fault instanceof Error ? this.fault.message : 'the connection has ended';
    if (!this.stopping && (this.connection !== undefined || this.connections === 0))
      this.logger.error(`Redis cannot be asked what has changed, so the database is: ${reason}`);
    this.connections += 1;
    this.connection = undefined;
  }

  /** Resolves with the connection, or once an attempt that began after the call has failed. */
  private reachable(): Promise<void> {
    if (this.connection !== undefined || this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(one);
        resolve();
      };
      const one: Waiting = { attempts: 2, done };
      const timer = setTimeout(done, PATIENCE);
      this.waiting.add(one);
    });
  }

  private keyOf(one: Subject): string {
    return `${this.prefix}${one}`;
  }
}
