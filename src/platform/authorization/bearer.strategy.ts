import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Principal } from '../context/index.js';
import { Contributions } from '../contributions/index.js';
import { BearerHeader } from './bearer-header.js';
import { BearerTokens } from './bearer-tokens.js';
import { TokenRefused } from './token-refused.js';

export const BEARER = 'bearer';

/**
 * Turns a bearer token into a principal, by the kinds of tokens that features contribute. One strategy for all kinds, as passport makes each of
 * them anew for every request.
 */
@Injectable()
export class BearerStrategy extends PassportStrategy(BearerHeader, BEARER) {
  constructor(private readonly contributions: Contributions) {
    super();
  }

  async validate(token: string): Promise<Principal> {
    for (const kind of this.contributions.instancesOf(BearerTokens)) {
      const principal = await kind.principalOf(token);
      if (principal) return principal;
    }
    throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
  }
}
