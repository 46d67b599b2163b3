import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Random } from '../platform/clock/index.js';
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

/** The tokens of a session: a short-lived JWT, and a refresh token `session.generation.random.mac` that nobody else can make. */
@Injectable()
export class SessionTokens {
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

  /** The session and generation of a refresh token that was once given out; `undefined` for anything else. */
  read(refreshToken: string): { sessionId: number; generation: number } | undefined {
    const [session = '', generation = '', nonce = '', mac = '', ...more] = refreshToken.split('.');
    if (more.length > 0 || !sameSecret(mac, this.mac(`${session}.${generation}.${nonce}`))) return undefined;
    return { sessionId: Number(session), generation: Number(generation) };
  }

  private refreshToken({ id, generation }: Session): string {
    const content = `${id}.${generation}.${this.random.token()}`;
    return `${content}.${this.mac(content)}`;
  }

  private mac(content: string): string {
    return this.vault.hmac('refresh-token', content);
  }
}
