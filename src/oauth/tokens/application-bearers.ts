import { Injectable } from '@nestjs/common';
import { BearerTokens, TokenRefused } from '../../platform/authorization/index.js';
import type { Principal } from '../../platform/context/index.js';
import { AccessTokens } from './access-tokens.js';
import { TokenStanding } from './token-standing.js';

/** Takes the access tokens of applications. The signature is checked first, then the claims, then whether token and application are still good. */
@Injectable()
export class ApplicationBearers extends BearerTokens {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly standing: TokenStanding,
  ) {
    super();
  }

  async principalOf(token: string): Promise<Principal | undefined> {
    const claims = this.tokens.verify(token);
    if (!claims) return undefined;
    const standing = await this.standing.of(claims);
    if ('blocked' in standing) throw new TokenRefused(`auth.${standing.blocked}`, whyRefused(standing.blocked));
    return standing.principal;
  }
}

function whyRefused(reason: string): string {
  switch (reason) {
    case 'wrong_audience':
      return 'The access token is for another API.';
    case 'token_revoked':
      return 'The access token has been revoked.';
    case 'secret_revoked':
      return 'The secret that the access token was got with is not good any more.';
    default:
      return 'The application, its owner or its organization is not active any more.';
  }
}
