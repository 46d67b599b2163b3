import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import type { Principal } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { AccessTokenClaims } from './access-tokens.js';
import { ApplicationStanding } from './application-standing.js';
import type { OAuthApplication } from './oauth-application.entity.js';
import { OAuthSecret } from './oauth-secret.entity.js';
import { RevokedTokens } from './revoked-tokens.js';

/** For whom a token acts now, and with which of its scopes; or what stops it. */
export type Grant =
  { readonly application: OAuthApplication; readonly owner: Principal; readonly scopes: readonly string[] } | { readonly blocked: string };

/** Whether a token whose claims have been verified is good at this moment, on whichever process it was revoked. */
@Injectable()
export class TokenStanding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly applications: ApplicationStanding,
    private readonly revoked: RevokedTokens,
    private readonly clock: Clock,
  ) {}

  async of(claims: AccessTokenClaims): Promise<Grant> {
    const standing = await this.applications.ofClient(claims.client_id);
    if ('blocked' in standing) return { blocked: standing.blocked };
    const { application, owner } = standing;
    if (claims.aud !== owner.side) return { blocked: 'wrong_audience' };
    if (!(await this.hasSecret(application, claims.client_secret_id))) return { blocked: 'secret_revoked' };
    if (await this.revoked.has(claims.jti)) return { blocked: 'token_revoked' };
    return { application, owner, scopes: claims.scope.split(' ').filter((scope) => application.scopes.includes(scope)) };
  }

  private hasSecret({ id: applicationId }: OAuthApplication, id: number): Promise<boolean> {
    const secret = { id, applicationId };
    const where = [
      { ...secret, expiresAt: IsNull() },
      { ...secret, expiresAt: MoreThan(this.clock.now()) },
    ];
    return this.work.repository(OAuthSecret).existsBy(where);
  }
}
