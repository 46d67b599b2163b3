import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../../platform/authorization/index.js';
import type { Side } from '../../platform/context/index.js';
import { AccessTokens } from './access-tokens.js';
import { type Client, ClientAuthentication } from './client-authentication.js';
import { ClientUses } from '../applications/client-uses.js';
import { OAuthError } from '../oauth-error.js';
import { SigningKeys } from '../keys/signing-keys.js';
import type { TokenAnswer } from './token.dto.js';
import { readTokenParameters, type TokenRequest } from './token-parameters.js';
import { grantScopes } from './token-scope.js';

/** The client credentials grant, RFC 6749 section 4.4. */
@Injectable()
export class Tokens {
  /** By side; what modules define stays as it is once the product serves. */
  private readonly catalogs = new Map<Side, ReadonlySet<string>>();

  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: AccessTokens,
    private readonly keys: SigningKeys,
    private readonly catalog: PermissionCatalog,
    private readonly uses: ClientUses,
  ) {}

  /** Throws an `OAuthError`, `KeysUnavailable` or `TooManyFailures`. Every attempt that names a client is in the log of attempts. */
  issue(request: TokenRequest): Promise<TokenAnswer> {
    return this.authentication.attempt(request, readTokenParameters, async ({ grantType, scope }, authenticate) => {
      if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.');
      if (grantType !== 'client_credentials') throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials.');
      this.keys.signing();
      return this.grant(await authenticate(), scope);
    });
  }

  private async grant(client: Client, scope: string | undefined): Promise<TokenAnswer> {
    const { application, secret, owner } = client;
    const { side, rights } = owner;
    const scopes = grantScopes(scope, { scopes: application.scopes, rights, catalog: this.scopesOf(side) });
    const { token, expiresIn } = await this.tokens.sign({ clientId: application.clientId, secret, audience: side, scopes });
    await this.uses.note(client, { logged: true });
    return { token_type: 'Bearer', expires_in: expiresIn, access_token: token, scope: scopes.join(' ') };
  }

  private scopesOf(side: Side): ReadonlySet<string> {
    const scopes = this.catalogs.get(side) ?? this.catalog.scopes(side);
    this.catalogs.set(side, scopes);
    return scopes;
  }
}
