import { Injectable } from '@nestjs/common';
import { In, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock, SECOND } from '../clock/index.js';
import { UnitOfWork } from '../database/index.js';
import { JobRow } from './job.entity.js';
import type { QueueName } from './job.js';
import { JobTimings } from './job-timings.js';

type Claimed = Pick<JobRow, 'id' | 'attempts'>;
type Change = Partial<Pick<JobRow, 'status' | 'dueAt' | 'handedAt' | 'lastError' | 'finishedAt' | 'maxAttempts'>>;

/** Clocks of processes differ a little: a job may begin this early. */
const TOLERANCE = SECOND;

/** The statements on job rows. All that a run does is fenced: it changes nothing unless the row is running that very attempt. */
@Injectable()
export class JobRows {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly timings: JobTimings,
  ) {}

  /** Takes the job for a new attempt; `undefined` when it is not due, somebody has it, or its name is not among `names`. */
  async claim(id: number, names: readonly string[]): Promise<JobRow | undefined> {
    return names.length === 0 ? undefined : this.work.run(() => this.take(id, names));
  }

  /** False, like the next three, when the run does not hold the job any more. */
  close(run: Claimed): Promise<boolean> {
    return this.changeHeld(run, { status: 'done', finishedAt: this.clock.now() });
  }

  extend(run: Claimed): Promise<boolean> {
    return this.changeHeld(run, { dueAt: this.clock.in(this.timings.lease) });
  }

  retry(run: Claimed, wait: number, lastError: string): Promise<boolean> {
    return this.changeHeld(run, { status: 'waiting', dueAt: this.clock.in(wait), handedAt: this.clock.now(), lastError });
  }

  /** Counts the run as none. The queue hears of it from the sweep, once it is due. */
  postpone(run: Claimed & Pick<JobRow, 'maxAttempts'>, dueAt: Date): Promise<boolean> {
    const handedAt = new Date(dueAt.getTime() - this.timings.handOverGrace);
    return this.changeHeld(run, { status: 'waiting', dueAt, handedAt, maxAttempts: run.maxAttempts + 1 });
  }

  fail(run: Claimed, lastError: string): Promise<boolean> {
    return this.changeHeld(run, { status: 'failed', finishedAt: this.clock.now(), lastError });
  }

  /** The next `limit` jobs of a queue that wait, and as many that run, each soonest first. */
  async upcoming(queue: QueueName, names: readonly string[], limit: number): Promise<Pick<JobRow, 'id' | 'dueAt'>[]> {
    const next = (status: 'waiting' | 'running') =>
      this.work.repository(JobRow).find({
        select: { id: true, dueAt: true },
        where: { status, queue, name: In([...names]) },
        order: { dueAt: 'ASC', id: 'ASC' },
        take: limit,
      });
    return [...(await next('running')), ...(await next('waiting'))];
  }

  /** Due jobs that were last handed over before `before`: those that wait, or those whose run is dead. */
  lost(status: 'waiting' | 'running', before: Date, limit: number): Promise<Pick<JobRow, 'id' | 'queue' | 'attempts'>[]> {
    return this.work.repository(JobRow).find({
      select: { id: true, queue: true, attempts: true },
      where: { status, dueAt: LessThanOrEqual(this.clock.now()), handedAt: LessThan(before) },
      order: { handedAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  async handed(ids: number[]): Promise<void> {
    await this.work.repository(JobRow).update({ id: In(ids) }, { handedAt: this.clock.now() });
  }

  /**
   * Ends every lease where only one process can be at work, which is on SQLite: at its start, whatever runs was left by a
   * process that died.
   */
  async endLeasesOfDeadProcess(): Promise<void> {
    if (this.work.manager.connection.options.type !== 'better-sqlite3') return;
    await this.work.repository(JobRow).update({ status: 'running' }, { dueAt: this.clock.now() });
  }

  /** Deletes up to `limit` rows that finished before `before`; answers how many. */
  async forget(status: 'done' | 'failed', before: Date, limit: number): Promise<number> {
    const jobs = this.work.repository(JobRow);
    const old = await jobs.find({
      select: { id: true },
      where: { status, finishedAt: LessThan(before) },
      order: { finishedAt: 'ASC' },
      take: limit,
    });
    if (old.length > 0) await jobs.delete({ id: In(old.map(({ id }) => id)) });
    return old.length;
  }

  private async take(id: number, names: readonly string[]): Promise<JobRow | undefined> {
    const jobs = this.work.repository(JobRow);
    const { affected } = await jobs
      .createQueryBuilder()
      .update()
      .set({ status: 'running', attempts: () => 'attempts + 1', dueAt: this.clock.in(this.timings.lease) })
      .where('id = :id AND name IN (:...names)', { id, names })
      .andWhere("((status = 'waiting' AND due_at <= :soon) OR (status = 'running' AND due_at <= :now))", {
        soon: this.clock.in(TOLERANCE),
        now: this.clock.now(),
      })
      .execute();
    return affected === 1 ? ((await jobs.findOneBy({ id })) ?? undefined) : undefined;
  }

  /** In a unit of work, as that is run again when it loses a deadlock: a job that is done must not fail to be closed. */
  private changeHeld({ id, attempts }: Claimed, change: Change): Promise<boolean> {
    return this.work.run(async () => {
      const { affected } = await this.work.repository(JobRow).update({ id, attempts, status: 'running' }, change);
      return affected === 1;
    });
  }
}
