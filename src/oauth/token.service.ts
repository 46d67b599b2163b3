import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../platform/authorization/index.js';
import { AccessTokens } from './access-tokens.js';
import { type Client, ClientAuthentication } from './client-authentication.js';
import { ClientUses } from './client-uses.js';
import { OAuthError } from './oauth-error.js';
import { SigningKeys } from './signing-keys.js';
import type { TokenAnswer } from './token.dto.js';
import type { TokenParameters } from './token-parameters.js';
import { grantScopes } from './token-scope.js';

/** The client credentials grant, RFC 6749 section 4.4. */
@Injectable()
export class Tokens {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: AccessTokens,
    private readonly keys: SigningKeys,
    private readonly catalog: PermissionCatalog,
    private readonly uses: ClientUses,
  ) {}

  /** Throws an `OAuthError`, `KeysUnavailable` or `TooManyFailures`. Every attempt that names a client is in the log of attempts. */
  issue(parameters: TokenParameters, authorization: string | undefined): Promise<TokenAnswer> {
    const { grantType, scope } = parameters;
    return this.authentication.attempt(parameters, authorization, async (authenticate) => {
      if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.');
      if (grantType !== 'client_credentials') throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials.');
      this.keys.signing();
      return this.grant(await authenticate(), scope);
    });
  }

  private async grant({ application, secret, owner }: Client, scope: string | undefined): Promise<TokenAnswer> {
    const { side, rights } = owner;
    const scopes = grantScopes(scope, { scopes: application.scopes, rights, catalog: this.catalog.scopes(side) });
    const { token, expiresIn } = await this.tokens.sign({ clientId: application.clientId, secret, audience: side, scopes });
    await this.uses.note(application, secret);
    return { token_type: 'Bearer', expires_in: expiresIn, access_token: token, scope: scopes.join(' ') };
  }
}
