import type { ProofSignature } from './acceptance-proof.dto.js';

/** What the header of a proof's signature says that it is of: nothing else that the same key signs says so. */
export const PROOF_TYPE = 'consent-proof';

/** Signs proofs with a key of the product. Whoever has keys provides it, by extending the class. */
export abstract class ProofSigner {
  /** Of the payload as it is, whose members are in their canonical order already; null without a key. */
  abstract sign(payload: object): Promise<ProofSignature | null>;
}
