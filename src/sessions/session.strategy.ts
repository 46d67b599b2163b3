import { createSecretKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { TokenRefused } from '../platform/authorization/index.js';
import { HttpSettings, SecretSettings } from '../platform/config/index.js';
import type { Principal } from '../platform/context/index.js';
import { SessionStanding } from './session-standing.js';
import { type SessionClaims } from './session-tokens.js';

/** Takes the access tokens of sessions: signed by this product with HS256, while the session goes on and the person may act. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session-token') {
  constructor(
    secrets: SecretSettings,
    http: HttpSettings,
    private readonly sessions: SessionStanding,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // Of a text, the library tries first whether it is a public key: a fifth of the time of a request. Its types do not know key objects.
      secretOrKey: createSecretKey(Buffer.from(secrets.sessionSecret)) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: http.publicUrl,
    });
  }

  async validate({ sid, sub, exp }: Partial<SessionClaims>): Promise<Principal> {
    // The library takes a token without an end for one that never ends.
    if (!Number.isSafeInteger(sid) || sid === undefined || typeof sub !== 'string' || exp === undefined)
      throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
    const standing = await this.sessions.of({ sid, sub });
    if (!standing) throw new TokenRefused('auth.session_ended', 'The session has ended.');
    if (!standing.principal) throw new TokenRefused('auth.account_blocked', 'The account may not act any more.');
    return standing.principal;
  }
}
