import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { CustomerUserAccounts } from '../customer-users/index.js';
import { TokenRefused } from '../platform/authorization/index.js';
import { HttpSettings, SecretSettings } from '../platform/config/index.js';
import type { Principal } from '../platform/context/index.js';
import { Users } from '../users/index.js';
import { type SessionClaims } from './session-tokens.js';
import { Sessions } from './sessions.service.js';

/** Takes the access tokens of sessions: signed by this product with HS256, while the session goes on and the person may act. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session-token') {
  constructor(
    secrets: SecretSettings,
    http: HttpSettings,
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly accounts: CustomerUserAccounts,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // Of a text, the library tries first whether it is a public key: a fifth of the time of a request. Its types do not know key objects.
      secretOrKey: createSecretKey(Buffer.from(secrets.sessionSecret)) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: http.publicUrl,
    });
  }

  async validate({ sid, exp }: Partial<SessionClaims>): Promise<Principal> {
    // The library takes a token without an end for one that never ends.
    if (!Number.isSafeInteger(sid) || sid === undefined || exp === undefined)
      throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
    const session = await this.sessions.find(sid);
    if (!session) throw new TokenRefused('auth.session_ended', 'The session has ended.');
    const { userId, customerUserId } = session;
    const standing = userId === null ? await this.accounts.standing(customerUserId ?? 0) : await this.users.standing(userId);
    if (!standing || 'blocked' in standing) throw new TokenRefused('auth.account_blocked', 'The account may not act any more.');
    return { ...standing.principal, sessionId: sid };
  }
}
