import { Id, Instant, Integer, Json, Text, Version } from '../platform/database/index.js';
import type { ActingApplication, Failure } from './run.js';

/** What an import and an export keep alike: of what, by whom, when, and what became of it. */
export abstract class Run {
  @Id()
  id: number;

  @Text(60)
  entity: string;

  @Json({ nullable: true })
  error: Failure | null;

  /** Attempts in a row that failed without committing a batch. */
  @Integer()
  setbacks: number;

  @Text(511)
  createdByName: string;

  @Json({ nullable: true })
  application: ActingApplication | null;

  @Instant({ nullable: true })
  startedAt: Date | null;

  @Instant({ nullable: true })
  finishedAt: Date | null;

  /** When its files are removed. */
  @Instant({ nullable: true })
  expiresAt: Date | null;

  @Instant()
  createdAt: Date;

  @Version()
  version: number;
}
