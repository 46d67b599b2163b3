import { Entity, Index } from 'typeorm';
import { Id, Instant, Integer, Json, LongText, Text } from '../database/index.js';
import type { QueueName } from './job.js';

export type JobStatus = 'waiting' | 'running' | 'done' | 'failed';

/** A job: written with the change that causes it, closed when its work is done. */
@Entity('jobs')
@Index('uq_jobs_name_key', ['name', 'key'], { unique: true })
@Index('ix_jobs_status_queue_due_at', ['status', 'queue', 'dueAt'])
@Index('ix_jobs_status_handed_at', ['status', 'handedAt'])
@Index('ix_jobs_status_finished_at', ['status', 'finishedAt'])
export class JobRow {
  @Id() id: number;

  @Text(100) name: string;

  @Text(50) queue: QueueName;

  @Json() payload: object;

  /** A job of the same name and key is enqueued once, as long as this row is kept. */
  @Text(190, { nullable: true }) key: string | null;

  @Text(10) status: JobStatus;

  /** Attempts begun; also the token that fences the run of the last one. */
  @Integer() attempts: number;

  @Integer() maxAttempts: number;

  /** Waiting: the earliest time to run. Running: the end of the lease, after which the run counts as dead. */
  @Instant() dueAt: Date;

  /** When it was last handed to the queue. */
  @Instant() handedAt: Date;

  @LongText({ nullable: true }) lastError: string | null;

  /** The trace of the request that enqueued it. */
  @Text(64) traceId: string;

  @Instant() createdAt: Date;

  @Instant({ nullable: true }) finishedAt: Date | null;
}
