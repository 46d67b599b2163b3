import { Injectable } from '@nestjs/common';
import { BearerTokens, TokenRefused } from '../platform/authorization/index.js';
import type { Principal } from '../platform/context/index.js';
import { SessionStanding } from './session-standing.js';
import { SessionTokens } from './session-tokens.js';

/** Takes the access tokens of sessions, while the session goes on and the person may act. */
@Injectable()
export class SessionBearers extends BearerTokens {
  constructor(
    private readonly tokens: SessionTokens,
    private readonly sessions: SessionStanding,
  ) {
    super();
  }

  async principalOf(token: string): Promise<Principal | undefined> {
    const claims = this.tokens.verify(token);
    if (!claims) return undefined;
    const standing = await this.sessions.of(claims);
    if (!standing) throw new TokenRefused('auth.session_ended', 'The session has ended.');
    if (!standing.principal) throw new TokenRefused('auth.account_blocked', 'The account may not act any more.');
    return standing.principal;
  }
}
