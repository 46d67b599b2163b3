import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Reference, Text } from '../../platform/database/index.js';
import { Revises } from '../../platform/revisions/index.js';

/** One of an application's secrets. The secret itself is shown once and kept nowhere. */
@Entity('oauth_secrets')
@Index('ix_oauth_secrets_application', ['applicationId', 'id'])
@Index('ix_oauth_secrets_expiry', ['expiresAt'])
@Revises({ by: { applicationId: 'oauth-application' }, added: true, apartFrom: ['lastUsedAt', 'expiryToldAt'] })
export class OAuthSecret {
  @Id()
  id: number;

  @ForeignKey('oauth_applications', { name: 'fk_oauth_secrets_application', onDelete: 'CASCADE' })
  @Reference()
  applicationId: number;

  /** HMAC-SHA-256: 256 random bits need no slow hash. */
  @Text(64)
  hash: string;

  /** The last four characters, by which people tell secrets apart. */
  @Text(4)
  hint: string;

  @Instant({ nullable: true })
  expiresAt: Date | null;

  /** When the owner was told that it is about to expire. */
  @Instant({ nullable: true })
  expiryToldAt: Date | null;

  @Instant({ nullable: true })
  lastUsedAt: Date | null;

  @Instant()
  createdAt: Date;
}
