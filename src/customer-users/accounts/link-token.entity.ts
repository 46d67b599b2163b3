import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Reference, Text } from '../../platform/database/index.js';

/**
 * What a link is for: to set the first password, to replace a forgotten or reset one, to prove an email address, and the two steps of
 * a new email address: consent from the old one, proof from the new one.
 */
export type LinkPurpose = 'set-password' | 'reset-password' | 'confirm-email' | 'change-email' | 'prove-new-email';

/** A link that was mailed: good once, for one purpose, until it expires. The token itself is nowhere kept. */
@Entity('link_tokens')
@Index('uq_link_tokens_hash', ['tokenHash'], { unique: true })
@Index('ix_link_tokens_customer_user', ['customerUserId', 'purpose'])
@Index('ix_link_tokens_expires_at', ['expiresAt'])
export class LinkToken {
  @Id()
  id: number;

  @ForeignKey('customer_users', { name: 'fk_link_tokens_customer_user', onDelete: 'CASCADE' })
  @Reference()
  customerUserId: number;

  @Text(30)
  purpose: LinkPurpose;

  /** SHA-256. */
  @Text(64)
  tokenHash: string;

  @Instant()
  expiresAt: Date;

  @Instant()
  createdAt: Date;
}
