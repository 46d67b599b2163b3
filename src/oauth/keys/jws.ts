import { type KeyObject, sign, verify } from 'node:crypto';
import { type Algorithm, KINDS } from './key-algorithms.js';

/** A JWS in its compact form (RFC 7515), read and not verified. */
export interface Jws {
  readonly header: Record<string, unknown>;
  readonly payload: unknown;
  readonly signature: Buffer;
  /** What is signed. */
  readonly content: string;
}

/** Longer than any token with every scope there is. */
const LONGEST = 16_384;

/** RFC 7518 section 3.4: the two numbers of an ECDSA signature, one after the other. */
const FORM = 'ieee-p1363';

/** Signs on a thread of its own, so that the requests beside it go on. */
export function signJws(header: object, payload: object, { privateKey, algorithm }: { privateKey: KeyObject; algorithm: Algorithm }) {
  const content = `${encoded(header)}.${encoded(payload)}`;
  return new Promise<string>((resolve, reject) => {
    sign(KINDS[algorithm].digest, Buffer.from(content), { key: privateKey, dsaEncoding: FORM }, (error, signature) => {
      if (error) reject(error);
      else resolve(`${content}.${signature.toString('base64url')}`);
    });
  });
}

/** `undefined` for what is none: unsigned, too long, not base64url in its one canonical form, or not JSON. */
export function readJws(token: string): Jws | undefined {
  if (token.length > LONGEST) return undefined;
  const parts = token.split('.').map(decoded);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature) return undefined;
  try {
    const read: unknown = JSON.parse(header.toString('utf8'));
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined;
    const content = token.slice(0, token.lastIndexOf('.'));
    return { header: read as Record<string, unknown>, payload: JSON.parse(payload.toString('utf8')), signature, content };
  } catch {
    return undefined;
  }
}

/** True when the key made the signature with its own algorithm, whatever the header says. */
export function isSignedBy({ content, signature }: Jws, { publicKey, algorithm }: { publicKey: KeyObject; algorithm: Algorithm }): boolean {
  return verify(KINDS[algorithm].digest, Buffer.from(content), { key: publicKey, dsaEncoding: FORM }, signature);
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decoded(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === part ? bytes : undefined;
}
