import { Entity, ForeignKey, Index } from 'typeorm';
import { Instant, KeyReference, Text } from '../../platform/database/index.js';
import { Revises } from '../../platform/revisions/index.js';

/** The other email address that a customer user wants, until it is his or he wants it no more. */
@Entity('email_changes')
@Index('ix_email_changes_expires_at', ['expiresAt'])
@Revises({ by: { customerUserId: 'customer-user' }, added: true })
export class EmailChange {
  @ForeignKey('customer_users', { name: 'fk_email_changes_customer_user', onDelete: 'CASCADE' })
  @KeyReference()
  customerUserId: number;

  /** As typed. */
  @Text(255)
  newEmail: string;

  @Instant()
  requestedAt: Date;

  /** The last link to it expires then. */
  @Instant()
  expiresAt: Date;
}
