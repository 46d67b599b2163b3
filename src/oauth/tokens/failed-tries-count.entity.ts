import { Entity, Index } from 'typeorm';
import { Id, Instant, Integer, Text } from '../../platform/database/index.js';

/** How often clients failed to authenticate in one minute: of one source, or in the name of one client. */
@Entity('oauth_failed_tries')
@Index('uq_oauth_failed_tries_bucket', ['bucket'], { unique: true })
@Index('ix_oauth_failed_tries_end', ['endsAt'])
export class FailedTriesCount {
  @Id()
  id: number;

  /** The hash of what is counted and of its minute. */
  @Text(64)
  bucket: string;

  @Integer()
  failures: number;

  @Instant()
  endsAt: Date;
}
