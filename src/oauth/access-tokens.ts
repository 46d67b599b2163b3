import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { TokenRefused } from '../platform/authorization/index.js';
import { Clock, Random, SECOND } from '../platform/clock/index.js';
import { HttpSettings } from '../platform/config/index.js';
import type { Side } from '../platform/context/index.js';
import { SigningKeys, TOKEN_LIFETIME } from './signing-keys.js';

/** The claims of an access token, RFC 9068 section 2.2. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The client itself: no person took part in the grant. */
  readonly sub: string;
  readonly aud: Side;
  readonly client_id: string;
  readonly scope: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
}

/** RFC 9068 section 2.1; any other kind of JWT is no access token. */
const TYPE = 'at+jwt';
const ALGORITHM = 'RS256';

/** For clocks of other machines that share the keys, in seconds. */
const LEEWAY = 5;

/** Longer than any token with every scope there is. */
const LONGEST = 16_384;

@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly settings: HttpSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Throws `KeysUnavailable`. */
  async sign(client: { clientId: string; audience: Side; scopes: readonly string[] }): Promise<{ token: string; expiresIn: number }> {
    const { privateKey, kid } = this.keys.signing();
    const now = this.nowInSeconds();
    const expiresIn = TOKEN_LIFETIME / SECOND;
    const claims: AccessTokenClaims = {
      iss: this.settings.publicUrl,
      sub: client.clientId,
      aud: client.audience,
      client_id: client.clientId,
      scope: client.scopes.join(' '),
      iat: now,
      nbf: now,
      exp: now + expiresIn,
      jti: this.random.uuid(),
    };
    const header = { alg: ALGORITHM, typ: TYPE, kid };
    return { token: await this.jwt.signAsync(claims, { privateKey, algorithm: ALGORITHM, header }), expiresIn };
  }

  /**
   * The key for a token, chosen by its `kid` among our own; `jwk`, `jku`, `x5u` and the like are never looked at (RFC 8725 section
   * 3.10). `undefined` when the header is not that of an access token of ours.
   */
  keyFor(token: string): KeyObject | undefined {
    const header = headerOf(token);
    if (!header || header['alg'] !== ALGORITHM || typeof header['kid'] !== 'string' || 'crit' in header) return undefined;
    if (typeof header['typ'] !== 'string' || header['typ'].toLowerCase().replace(/^application\//, '') !== TYPE) return undefined;
    return this.keys.verifying(header['kid'])?.publicKey;
  }

  /** Reads the claims of a token whose signature has been verified. Throws `TokenRefused`. */
  claimsOf(payload: unknown): AccessTokenClaims {
    if (!isClaims(payload) || payload.iss !== this.settings.publicUrl)
      throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
    const now = this.nowInSeconds();
    if (payload.exp <= now) throw new TokenRefused('auth.token_expired', 'The access token has expired.');
    if (payload.nbf > now + LEEWAY || payload.iat > now + LEEWAY)
      throw new TokenRefused('auth.token_not_yet_valid', 'The access token is not valid yet.');
    return payload;
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.now().getTime() / SECOND);
  }
}

/** What passport-jwt is told beside the key: the times are checked in {@link AccessTokens.claimsOf}, against the product's own clock. */
export const VERIFICATION = { algorithms: [ALGORITHM], ignoreNotBefore: true } as const;

function headerOf(token: string): Record<string, unknown> | undefined {
  if (token.length > LONGEST) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isClaims(payload: unknown): payload is AccessTokenClaims {
  if (typeof payload !== 'object' || payload === null) return false;
  const claims = payload as Record<string, unknown>;
  const texts = ['iss', 'sub', 'client_id', 'scope', 'jti'].every((name) => typeof claims[name] === 'string');
  const times = ['iat', 'nbf', 'exp'].every((name) => Number.isFinite(claims[name]));
  return texts && times && (claims['aud'] === 'backend' || claims['aud'] === 'storefront') && claims['sub'] === claims['client_id'];
}
