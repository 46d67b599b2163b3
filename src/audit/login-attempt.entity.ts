import { Entity, Index } from 'typeorm';
import { Flag, Id, Instant, Reference, Text } from '../platform/database/index.js';

export const LOGIN_SOURCES = ['password', 'oauth', 'impersonation'] as const;
export type LoginSource = (typeof LOGIN_SOURCES)[number];

/** One try to get in. Written once, never changed; no foreign keys, since it outlives whom it tells of. */
@Entity('login_attempts')
@Index('ix_login_attempts_at', ['at', 'id'])
@Index('ix_login_attempts_organization', ['organizationId', 'id'])
@Index('ix_login_attempts_customer_user', ['customerUserId', 'id'])
@Index('ix_login_attempts_customer_user_at', ['customerUserId', 'at', 'id'])
@Index('ix_login_attempts_username', ['usernameKey', 'id'])
export class LoginAttempt {
  @Id()
  id: number;

  @Instant()
  at: Date;

  @Flag()
  success: boolean;

  /** Why it failed; `null` for a success. */
  @Text(60, { nullable: true })
  reason: string | null;

  @Text(20)
  source: LoginSource;

  /** `backend` or `storefront`; unknown for an OAuth client that does not exist. */
  @Text(20, { nullable: true })
  side: string | null;

  /** As typed: an email address or a client id. */
  @Text(255)
  username: string;

  /** In lower case. */
  @Text(255)
  usernameKey: string;

  @Reference({ nullable: true })
  organizationId: number | null;

  @Reference({ nullable: true })
  userId: number | null;

  @Reference({ nullable: true })
  customerUserId: number | null;

  @Text(511, { nullable: true })
  user: string | null;

  @Text(45, { nullable: true })
  ip: string | null;

  @Text(255, { nullable: true })
  userAgent: string | null;
}
