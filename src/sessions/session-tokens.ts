import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { TokenRefused } from '../platform/authorization/index.js';
import { Random, SECOND } from '../platform/clock/index.js';
import type { Side } from '../platform/context/index.js';
import { sameSecret, Vault } from '../platform/secrets/index.js';
import type { Session } from './session.entity.js';
import type { TokensView } from './sessions.dto.js';

/** Seconds for which an access token of a session is good. */
export const ACCESS_SECONDS = 900;

/** What an access token of a session says. */
export interface SessionClaims {
  /** The session. */
  sid: number;
  /** Whose it is: `user:` or `customer-user:` and his id. */
  sub: string;
  aud: Side;
  /** Its end, in seconds. */
  exp: number;
}

/** How all of them begin: their header never differs, so any other token is told from them at once. */
const BEGINNING = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.`;

/** Of about 1 KB each. */
const MOST_VERIFIED = 5_000;

/** The tokens of a session: a short-lived JWT, and a refresh token `session.generation.random.mac` that nobody else can make. */
@Injectable()
export class SessionTokens {
  /** A token is shown again and again: its signature is checked once. */
  private readonly verified = new Map<string, SessionClaims>();

  constructor(
    private readonly jwt: JwtService,
    private readonly vault: Vault,
    private readonly random: Random,
  ) {}

  issue(session: Session): TokensView {
    const side: Side = session.userId === null ? 'storefront' : 'backend';
    const sub = session.userId === null ? `customer-user:${session.customerUserId}` : `user:${session.userId}`;
    return {
      accessToken: this.jwt.sign({ sid: session.id }, { subject: sub, audience: side, expiresIn: ACCESS_SECONDS }),
      tokenType: 'Bearer',
      expiresIn: ACCESS_SECONDS,
      refreshToken: this.refreshToken(session),
    };
  }

  /** What a current access token says; `undefined` for one that is none of a session. Throws {@link TokenRefused} when it has expired. */
  verify(accessToken: string): SessionClaims | undefined {
    if (!accessToken.startsWith(BEGINNING)) return undefined;
    const claims = this.verified.get(accessToken) ?? this.check(accessToken);
    // The library, which signs them, goes by the machine's own clock.
    if (claims && claims.exp * SECOND <= Date.now()) throw new TokenRefused('auth.token_expired', 'The access token has expired.');
    return claims;
  }

  /** The session and generation of a refresh token that was once given out; `undefined` for anything else. */
  read(refreshToken: string): { sessionId: number; generation: number } | undefined {
    const [session = '', generation = '', nonce = '', mac = '', ...more] = refreshToken.split('.');
    if (more.length > 0 || !sameSecret(mac, this.mac(`${session}.${generation}.${nonce}`))) return undefined;
    return { sessionId: Number(session), generation: Number(generation) };
  }

  private check(accessToken: string): SessionClaims | undefined {
    const claims = this.signed(accessToken);
    // The library takes a token without an end for one that never ends.
    if (!claims || !Number.isSafeInteger(claims.sid) || typeof claims.sub !== 'string' || typeof claims.exp !== 'number') return undefined;
    if (this.verified.size >= MOST_VERIFIED) this.verified.clear();
    this.verified.set(accessToken, claims);
    return claims;
  }

  private signed(accessToken: string): SessionClaims | undefined {
    try {
      return this.jwt.verify<SessionClaims>(accessToken, { ignoreExpiration: true });
    } catch {
      return undefined;
    }
  }

  private refreshToken({ id, generation }: Session): string {
    const content = `${id}.${generation}.${this.random.token()}`;
    return `${content}.${this.mac(content)}`;
  }

  private mac(content: string): string {
    return this.vault.hmac('refresh-token', content);
  }
}
