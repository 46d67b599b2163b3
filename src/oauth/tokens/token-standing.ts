import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import type { Principal } from '../../platform/context/index.js';
import { Memory, subject } from '../../platform/revisions/index.js';
import type { AccessTokenClaims } from './access-tokens.js';
import { KnownClients } from '../applications/known-clients.js';
import type { OAuthApplication } from '../applications/oauth-application.entity.js';
import { RevokedTokens } from './revoked-tokens.js';

/** For whom a token acts now, and with which of its scopes; or what stops it. */
export type Grant =
  | {
      readonly application: OAuthApplication;
      readonly owner: Principal;
      readonly scopes: readonly string[];
      /** The owner through the application, with his rights cut to the scopes. */
      readonly principal: Principal;
    }
  | { readonly blocked: string };

const DELETED = { blocked: 'application_deleted' };

/** Whether a token whose claims have been verified is good at this moment, on whichever process it was revoked. */
@Injectable()
export class TokenStanding {
  constructor(
    private readonly memory: Memory,
    private readonly clients: KnownClients,
    private readonly revoked: RevokedTokens,
    private readonly clock: Clock,
  ) {}

  async of(claims: AccessTokenClaims): Promise<Grant> {
    const { jti, aud, client_id: clientId, client_secret_id: secretId, scope } = claims;
    const subjects = await this.clients.subjects(clientId);
    if (!subjects) return DELETED;
    const key = ['token', jti, clientId, aud, secretId, scope].join(' ');
    return (await this.memory.recall(key, [subject('token', jti), ...subjects], () => this.read(claims))) ?? DELETED;
  }

  /** Time alone changes nothing of it: a token ends with its secret at the latest. */
  private async read(claims: AccessTokenClaims): Promise<Grant | undefined> {
    const client = await this.clients.find(claims.client_id);
    if (!client) return undefined;
    const { application, secrets, standing } = client;
    if ('blocked' in standing) return standing;
    const { owner } = standing;
    if (claims.aud !== owner.side) return { blocked: 'wrong_audience' };
    const now = this.clock.now();
    const secret = secrets.find(({ id }) => id === claims.client_secret_id);
    if (!secret || (secret.expiresAt !== null && secret.expiresAt <= now)) return { blocked: 'secret_revoked' };
    if (await this.revoked.has(claims.jti)) return { blocked: 'token_revoked' };
    const scopes = claims.scope.split(' ').filter((scope) => application.scopes.includes(scope));
    const { id, name } = application;
    return { application, owner, scopes, principal: { ...owner, rights: owner.rights.cutTo(scopes), application: { id, name, scopes } } };
  }
}
