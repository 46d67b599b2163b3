import { generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** What can sign, RFC 7518 and RFC 8037; the first unless another is asked for. */
export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Bits of an RSA modulus, NIST SP 800-131A. */
const LEAST_BITS = 2_048;

interface Kind {
  /** The digest that is signed; EdDSA sees to its own. */
  readonly digest: 'sha256' | null;
  /** The members of a JWK that make the RFC 7638 thumbprint, in lexicographic order. */
  readonly members: readonly (keyof JsonWebKey & string)[];
  generate(): Promise<{ privateKey: KeyObject }>;
}

const generate = promisify(generateKeyPair);

export const KINDS: Readonly<Record<Algorithm, Kind>> = {
  RS256: {
    digest: 'sha256',
    members: ['e', 'kty', 'n'],
    generate: () => generate('rsa', { modulusLength: LEAST_BITS, publicExponent: 0x10001 }),
  },
  ES256: { digest: 'sha256', members: ['crv', 'kty', 'x', 'y'], generate: () => generate('ec', { namedCurve: 'P-256' }) },
  EdDSA: { digest: null, members: ['crv', 'kty', 'x'], generate: () => generate('ed25519') },
};

/** The one algorithm that a key is used with, or why it is used with none. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): { algorithm: Algorithm } | { fault: string } {
  switch (asymmetricKeyType) {
    case 'rsa': {
      const bits = asymmetricKeyDetails?.modulusLength ?? 0;
      return bits < LEAST_BITS ? { fault: `has ${bits} bits; at least ${LEAST_BITS} are needed` } : { algorithm: 'RS256' };
    }
    case 'ec':
      return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? { algorithm: 'ES256' } : { fault: 'is on another curve than P-256' };
    case 'ed25519':
      return { algorithm: 'EdDSA' };
    default:
      return { fault: `is no key for ${ALGORITHMS.join(', ')}` };
  }
}
