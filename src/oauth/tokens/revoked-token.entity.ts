import { Entity, Index } from 'typeorm';
import { Id, Instant, Text } from '../../platform/database/index.js';
import { Revises } from '../../platform/revisions/index.js';

/** An access token that is refused before it expires; forgotten once it has. */
@Entity('oauth_revoked_tokens')
@Index('uq_oauth_revoked_tokens_jti', ['jti'], { unique: true })
@Index('ix_oauth_revoked_tokens_expiry', ['expiresAt'])
/** What is forgotten has expired: nothing is remembered by its id. */
@Revises({ by: { jti: 'token', id: 'revoked-token' }, added: true })
export class RevokedToken {
  @Id()
  id: number;

  @Text(36)
  jti: string;

  @Instant()
  expiresAt: Date;
}
