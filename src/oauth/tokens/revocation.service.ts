import { Injectable } from '@nestjs/common';
import { ClientUses } from '../applications/client-uses.js';
import { AccessTokens } from './access-tokens.js';
import { ClientAuthentication } from './client-authentication.js';
import { OAuthError } from '../oauth-error.js';
import { KeysUnavailable } from '../oauth.errors.js';
import { RevokedTokens } from './revoked-tokens.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { readTokenReference, type TokenRequest } from './token-parameters.js';

/** Token revocation, RFC 7009: a client takes its own tokens back, at once and on every process. */
@Injectable()
export class Revocation {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly tokens: AccessTokens,
    private readonly revoked: RevokedTokens,
    private readonly keys: SigningKeys,
    private readonly uses: ClientUses,
  ) {}

  /** A token that is not good (any more) is as good as revoked, section 2.2. */
  revoke(request: TokenRequest): Promise<void> {
    return this.authentication.attempt(request, readTokenReference, async ({ token }, authenticate) => {
      const client = await authenticate();
      await this.uses.note(client, { logged: false });
      // It could not be told that a token is no good, and the client would believe it revoked.
      if (this.keys.fault() !== undefined) throw new KeysUnavailable();
      const claims = this.tokens.find(token);
      if (!claims) return;
      if (claims.client_id !== client.application.clientId)
        throw new OAuthError('invalid_request', 'The token was issued to another client.', 'token_of_another_client');
      await this.revoked.add(claims);
    });
  }
}
