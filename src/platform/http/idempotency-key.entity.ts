import { Entity, Index } from 'typeorm';
import { Id, Instant, Integer, LongText, Text } from '../database/index.js';

/** What the first call with an `Idempotency-Key` answered. */
@Entity('idempotency_keys')
@Index('uq_idempotency_keys', ['caller', 'key'], { unique: true })
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyKey {
  @Id()
  id: number;

  /** Who called: `user:1`, or `anonymous`. */
  @Text(100)
  caller: string;

  @Text(255)
  key: string;

  /** Keyed hash of method, path and body. */
  @Text(64)
  fingerprint: string;

  @Integer()
  status: number;

  /** Headers and body as JSON, sealed: an answer may hold a secret that is shown once. */
  @LongText()
  answer: string;

  @Instant()
  createdAt: Date;
}
