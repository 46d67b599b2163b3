import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../platform/authorization/index.js';
import { AccessTokens } from './access-tokens.js';
import { ApplicationStanding } from './application-standing.js';
import { namedClient, readCredentials } from './client-credentials.js';
import { Clients } from './clients.js';
import type { OAuthApplication } from './oauth-application.entity.js';
import { ClientRefused, OAuthError } from './oauth-error.js';
import { SigningKeys } from './signing-keys.js';
import type { TokenAnswer } from './token.dto.js';
import type { TokenParameters } from './token-parameters.js';
import { grantScopes } from './token-scope.js';

interface Attempt {
  application?: OAuthApplication;
}

/** The client credentials grant, RFC 6749 section 4.4. */
@Injectable()
export class Tokens {
  constructor(
    private readonly clients: Clients,
    private readonly standing: ApplicationStanding,
    private readonly tokens: AccessTokens,
    private readonly keys: SigningKeys,
    private readonly catalog: PermissionCatalog,
  ) {}

  /** Throws an `OAuthError`, or `KeysUnavailable`. Every attempt that names a client is in the log of attempts. */
  async issue(parameters: TokenParameters, authorization: string | undefined): Promise<TokenAnswer> {
    const attempt: Attempt = {};
    try {
      return await this.grant(parameters, authorization, attempt);
    } catch (error) {
      const clientId = namedClient(authorization, parameters.clientId);
      const reason = error instanceof OAuthError ? error.reason : 'unavailable';
      if (clientId !== undefined) await this.clients.refused(clientId, reason, attempt.application);
      throw error;
    }
  }

  private async grant(parameters: TokenParameters, authorization: string | undefined, attempt: Attempt): Promise<TokenAnswer> {
    const { grantType, scope } = parameters;
    if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.');
    if (grantType !== 'client_credentials') throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials.');
    const credentials = readCredentials(authorization, parameters);
    this.keys.signing();
    const { application, secret } = await this.clients.identify(credentials);
    attempt.application = application;
    if (!application || !secret) throw new ClientRefused('wrong_credentials');
    const standing = await this.standing.of(application);
    if ('blocked' in standing) throw new ClientRefused(standing.blocked);
    const { side, rights } = standing.owner;
    const scopes = grantScopes(scope, { scopes: application.scopes, rights, catalog: this.catalog.scopes(side) });
    const { token, expiresIn } = await this.tokens.sign({ clientId: application.clientId, audience: side, scopes });
    await this.clients.issued(application, secret);
    return { token_type: 'Bearer', expires_in: expiresIn, access_token: token, scope: scopes.join(' ') };
  }
}
