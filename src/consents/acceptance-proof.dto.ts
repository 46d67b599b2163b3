import type { JsonWebKey } from 'node:crypto';
import { ApiProperty } from '@nestjs/swagger';
import { CONSENT_CHANNELS, type ConsentChannel } from './acceptances.dto.js';

/** The one format there is so far. */
export const PROOF_FORMAT = 'consent-proof/1';

/** The members that the entry's hash covers. */
export class ProvedEntry {
  /** Of the members; raised when there are more. */
  format: number;
  organizationId: number;
  /** Its place in the organization's chain, from 1. */
  sequence: number;
  customerUserId: number;
  consentId: number;
  version: number;
  translationId: number;
  /** SHA-256 of the text in UTF-8, hexadecimal. */
  textHash: string;
  name: string;
  locale: string | null;
  @ApiProperty({ enum: CONSENT_CHANNELS })
  channel: ConsentChannel;
  /** SHA-256 of the origin in its canonical form (RFC 8785), hexadecimal. */
  originHash: string;
  at: string;
  @ApiProperty({ enum: ['accepted', 'withdrawn'] })
  act: 'accepted' | 'withdrawn';
  previousHash: string;
}

/** From where the person acted. The salt keeps the hash of an erased one from being guessed. */
export class ProvedOrigin {
  salt: string;
  ip: string | null;
  userAgent: string | null;
}

/** Who has the customer user's id, as far as the issuer knew when the proof was issued. */
export class ProvedPerson {
  customerUserId: number;
  fullName: string;
  email: string;
}

/** A detached JWS (RFC 7515, appendix F) over the rest of the proof in its canonical form (RFC 8785). */
export class ProofSignature {
  /** The protected header, base64url: `alg`, `kid`, `typ`. */
  protected: string;
  signature: string;
  /** The public key (RFC 7517). The issuer publishes it at `/.well-known/jwks.json` for as long as it is in use. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { kty: 'RSA', kid: 'sX…', alg: 'RS256', n: '…', e: 'AQAB' } })
  key: JsonWebKey;
}

/** What a proof says, without its signature. */
export class ProofContent {
  @ApiProperty({ enum: [PROOF_FORMAT] })
  format: typeof PROOF_FORMAT;
  /** The product's public URL. */
  issuer: string;
  issuedAt: string;
  entry: ProvedEntry;
  /** SHA-256 of the entry in its canonical form (RFC 8785), hexadecimal. The next entry of the chain has it as its `previousHash`. */
  hash: string;
  /** The exact text that was shown. */
  text: string;
  /** null once it was erased on the person's demand. */
  origin: ProvedOrigin | null;
  /** null where the proof is asked for without naming anybody. */
  person: ProvedPerson | null;
}

/** One act on a consent as a document that can be verified without the product. */
export class AcceptanceProof extends ProofContent {
  /** null where the issuer had no key to sign with. */
  signature: ProofSignature | null;
}
