import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { sha256 } from '../platform/secrets/index.js';
import { type AcceptanceProof, PROOF_FORMAT, type ProofContent, type ProofSignature } from './acceptance-proof.dto.js';
import { canonical } from './canonical.js';
import { PROOF_TYPE } from './proof-signer.js';
import { hashOfText } from './translations.js';

/** By RFC 7518 and RFC 8037: the key that each algorithm takes, and what of the content is signed. */
const ALGORITHMS: Readonly<Record<string, { kty: string; digest: string | null }>> = {
  RS256: { kty: 'RSA', digest: 'sha256' },
  ES256: { kty: 'EC', digest: 'sha256' },
  EdDSA: { kty: 'OKP', digest: null },
};

/** What a verification came to: a line for each thing that was looked at. */
export interface ProofReport {
  /** Whether all that was looked at holds. */
  sound: boolean;
  /** Whether there is a signature at all. Where there is none, anybody may have made up a sound one. */
  signed: boolean;
  lines: string[];
}

/**
 * Verifies a proof by itself: that its entry, text and origin belong together and that nobody changed it since it was signed. Whose key it
 * was signed with is known only where `published`, the issuer's keys, are given.
 */
export function verifyProof(document: unknown, published?: readonly JsonWebKey[]): ProofReport {
  if (!isProof(document)) return { sound: false, signed: false, lines: [`FAULT: this is no proof of the format ${PROOF_FORMAT}.`] };
  const { signature, ...content } = document;
  const checks = [...contentChecks(content), ...signatureChecks(content, signature, published)];
  return {
    sound: checks.every(([holds]) => holds !== false),
    signed: signature !== null,
    lines: checks.map(([holds, line]) => `${holds === undefined ? 'UNCHECKED' : holds ? 'ok' : 'FAULT'}: ${line}`),
  };
}

/** `undefined`: there is nothing to hold it against. */
type Check = readonly [holds: boolean | undefined, line: string];

function contentChecks({ entry, hash, text, origin }: ProofContent): Check[] {
  const act = `customer user ${entry.customerUserId} ${entry.act} version ${entry.version} of consent ${entry.consentId} at ${entry.at}`;
  return [
    [sha256(canonical(entry)) === hash, `the hash is of the entry: ${act}`],
    [hashOfText(text) === entry.textHash, 'the text is the one that the entry names'],
    origin
      ? [sha256(canonical(origin)) === entry.originHash, 'the address and browser are those that the entry names']
      : [true, 'the address and browser were erased'],
  ];
}

function signatureChecks(content: ProofContent, signature: ProofSignature | null, published?: readonly JsonWebKey[]): Check[] {
  if (!signature) {
    const line = 'there is no signature, so anybody may have made the proof up: whether it is true is for the ledger to show';
    return [[published && false, line]];
  }
  const signed: Check = [isSigned(content, signature), `the proof is as the key ${String(signature.key['kid'])} signed it`];
  if (!published) return [signed, [undefined, 'nobody has looked whose key that is: name the keys of the issuer with --jwks']];
  return [signed, [published.some((key) => samePublicKey(key, signature.key)), 'the key is one that the issuer publishes']];
}

function isSigned(content: ProofContent, { protected: header, signature, key }: ProofSignature): boolean {
  try {
    const { alg, typ } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as { alg?: string; typ?: string };
    const algorithm = ALGORITHMS[alg ?? ''];
    if (!algorithm || algorithm.kty !== key.kty || typ !== PROOF_TYPE) return false;
    const input = Buffer.from(`${header}.${Buffer.from(canonical(content)).toString('base64url')}`);
    const publicKey = createPublicKey({ key, format: 'jwk' });
    return verify(algorithm.digest, input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  } catch {
    // A key or header that cannot be read verifies nothing.
    return false;
  }
}

const samePublicKey = (one: JsonWebKey, other: JsonWebKey): boolean =>
  (['kty', 'n', 'e', 'crv', 'x', 'y'] as const).every((member) => one[member] === other[member]);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isFlat = (value: unknown): boolean => isObject(value) && Object.values(value).every((one) => one === null || typeof one !== 'object');

function isProof(document: unknown): document is AcceptanceProof {
  if (!isObject(document) || document['format'] !== PROOF_FORMAT) return false;
  const { entry, hash, text, origin, person, signature } = document;
  const texts = [hash, text].every((one) => typeof one === 'string');
  const parts = isFlat(entry) && [origin, person].every((one) => one === null || isFlat(one));
  const signed =
    isObject(signature) && isObject(signature['key']) && ['protected', 'signature'].every((name) => typeof signature[name] === 'string');
  return texts && parts && (signature === null || signed);
}
