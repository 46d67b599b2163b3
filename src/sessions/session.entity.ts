import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Integer, Reference, Text } from '../platform/database/index.js';
import { Revises } from '../platform/revisions/index.js';

/** A login that goes on: the family of the access and refresh tokens that came from it. */
@Entity('sessions')
@Index('ix_sessions_user', ['userId'])
@Index('ix_sessions_customer_user', ['customerUserId'])
@Index('ix_sessions_expires_at', ['expiresAt'])
@Revises({
  by: { id: 'session', userId: 'user', customerUserId: 'customer-user' },
  apartFrom: ['generation', 'lastUsedAt', 'ip', 'userAgent'],
})
export class Session {
  @Id()
  id: number;

  @ForeignKey('users', { name: 'fk_sessions_user', onDelete: 'CASCADE' })
  @Reference({ nullable: true })
  userId: number | null;

  @ForeignKey('customer_users', { name: 'fk_sessions_customer_user', onDelete: 'CASCADE' })
  @Reference({ nullable: true })
  customerUserId: number | null;

  /** Counts the refreshes: a refresh token of an earlier generation was used before. */
  @Integer()
  generation: number;

  @Text(45, { nullable: true })
  ip: string | null;

  @Text(255, { nullable: true })
  userAgent: string | null;

  @Instant()
  createdAt: Date;

  @Instant()
  lastUsedAt: Date;

  @Instant()
  expiresAt: Date;
}
