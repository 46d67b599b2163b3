import { Injectable } from '@nestjs/common';
import { TokenRefused } from '../../platform/authorization/index.js';
import { Clock, Random, SECOND } from '../../platform/clock/index.js';
import { HttpSettings } from '../../platform/config/index.js';
import type { Side } from '../../platform/context/index.js';
import { isSignedBy, readJws, signJws } from '../keys/jws.js';
import type { KeyPair } from '../keys/key-files.js';
import { SigningKeys, TOKEN_LIFETIME } from '../keys/signing-keys.js';

/** The claims of an access token, RFC 9068 section 2.2. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The client itself: no person took part in the grant. */
  readonly sub: string;
  readonly aud: Side;
  readonly client_id: string;
  /** The id of the secret that the client showed; a token goes with its secret. */
  readonly client_secret_id: number;
  readonly scope: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
}

interface Grant {
  clientId: string;
  secret: { readonly id: number; readonly expiresAt: Date | null };
  audience: Side;
  scopes: readonly string[];
}

/** A token whose signature has been checked, with the thumbprint of the key that made it. */
interface Signed {
  readonly kid: string;
  /** `undefined` when it says something else than an access token of ours. */
  readonly claims: AccessTokenClaims | undefined;
}

/** Of about 2 KB each. */
const MOST_SIGNED = 5_000;

/** RFC 9068 section 2.1; any other kind of JWT is no access token. */
const TYPE = 'at+jwt';

/** For clocks of other machines that share the keys, in seconds. */
const LEEWAY = 5;

@Injectable()
export class AccessTokens {
  /** A token is shown again and again: its signature is checked once. */
  private readonly signed = new Map<string, Signed>();

  constructor(
    private readonly keys: SigningKeys,
    private readonly settings: HttpSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A token that ends with its secret at the latest. Throws `KeysUnavailable`. */
  async sign({ clientId, secret, audience, scopes }: Grant): Promise<{ token: string; expiresIn: number }> {
    const pair = this.keys.signing();
    const now = this.nowInSeconds();
    const secretEnds = secret.expiresAt === null ? Infinity : Math.floor(secret.expiresAt.getTime() / SECOND);
    const exp = Math.max(now + 1, Math.min(now + TOKEN_LIFETIME / SECOND, secretEnds));
    const claims: AccessTokenClaims = {
      iss: this.settings.publicUrl,
      sub: clientId,
      aud: audience,
      client_id: clientId,
      client_secret_id: secret.id,
      scope: scopes.join(' '),
      iat: now,
      nbf: now,
      exp,
      jti: this.random.uuid(),
    };
    const header = { alg: pair.algorithm, typ: TYPE, kid: pair.kid };
    return { token: await signJws(header, claims, pair), expiresIn: exp - now };
  }

  /** The claims of an access token that we signed; `undefined` for any other token. Throws `TokenRefused` when it is not current. */
  verify(token: string): AccessTokenClaims | undefined {
    const signed = this.signed.get(token) ?? this.read(token);
    // Its key may have been taken away since, or read again.
    return signed && this.keys.verifying(signed.kid) ? this.current(signed.claims) : undefined;
  }

  /** The claims of a current access token of ours. */
  find(token: string): AccessTokenClaims | undefined {
    try {
      return this.verify(token);
    } catch (error) {
      if (error instanceof TokenRefused) return undefined;
      throw error;
    }
  }

  private read(token: string): Signed | undefined {
    const jws = readJws(token);
    const pair = jws && this.keyFor(jws.header);
    if (!pair || !isSignedBy(jws, pair)) return undefined;
    const { payload } = jws;
    const signed = { kid: pair.kid, claims: isClaims(payload) && payload.iss === this.settings.publicUrl ? payload : undefined };
    if (this.signed.size >= MOST_SIGNED) this.signed.clear();
    this.signed.set(token, signed);
    return signed;
  }

  /**
   * The key for a token, chosen by its `kid` among our own; `jwk`, `jku`, `x5u` and the like are never looked at (RFC 8725 section
   * 3.10), and `alg` must be that of the key (section 3.1). `undefined` when the header is not that of an access token of ours.
   */
  private keyFor({ alg, kid, typ, ...others }: Record<string, unknown>): KeyPair | undefined {
    if (typeof kid !== 'string' || typeof typ !== 'string' || 'crit' in others) return undefined;
    if (typ.toLowerCase().replace(/^application\//, '') !== TYPE) return undefined;
    const pair = this.keys.verifying(kid);
    return pair?.algorithm === alg ? pair : undefined;
  }

  private current(claims: AccessTokenClaims | undefined): AccessTokenClaims {
    if (!claims) throw new TokenRefused('auth.token_invalid', 'The access token is not valid.');
    const now = this.nowInSeconds();
    if (claims.exp <= now) throw new TokenRefused('auth.token_expired', 'The access token has expired.');
    if (claims.nbf > now + LEEWAY || claims.iat > now + LEEWAY)
      throw new TokenRefused('auth.token_not_yet_valid', 'The access token is not valid yet.');
    return claims;
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.now().getTime() / SECOND);
  }
}

function isClaims(payload: unknown): payload is AccessTokenClaims {
  if (typeof payload !== 'object' || payload === null) return false;
  const claims = payload as Record<string, unknown>;
  const texts = ['iss', 'sub', 'client_id', 'scope', 'jti'].every((name) => typeof claims[name] === 'string');
  const numbers = ['client_secret_id', 'iat', 'nbf', 'exp'].every((name) => Number.isFinite(claims[name]));
  return texts && numbers && (claims['aud'] === 'backend' || claims['aud'] === 'storefront') && claims['sub'] === claims['client_id'];
}
