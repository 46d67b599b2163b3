/** What people are asked to agree to, in versions, and the append-only ledger of who accepted and withdrew what. */
export { AcceptanceView, AcceptedConsentView, type ConsentChannel } from './acceptances.dto.js';
export { AcceptanceProof, ProofSignature, type ProvedPerson } from './acceptance-proof.dto.js';
export { AcceptanceProofs } from './acceptance-proofs.service.js';
export { ConsentDemands } from './consent-demands.js';
export { ConsentingPeople, type ConsentingPerson } from './consenting-people.js';
export { ConsentLedger, type LedgerRow, type ReadConsent } from './consent-ledger.service.js';
export { ConsentOffers } from './consent-offers.service.js';
export { ConsentView } from './consents.dto.js';
export { ConsentAccepted, ConsentWithdrawn } from './consents.events.js';
export { acceptanceListing } from './consents.listing.js';
export { ConsentsModule } from './consents.module.js';
export { ConsentPermission } from './consents.permissions.js';
export { Consents } from './consents.service.js';
export { linesOf } from './ledger-report.js';
export type { BrokenEntry, ChainReport, KnownEntry, LedgerReport } from './ledger-verification.js';
export { PROOF_TYPE, ProofSigner } from './proof-signer.js';
export { type ProofReport, verifyProof } from './proof-verification.js';
export { ConsentAcceptance, ConsentReading, MyConsentView, OfferedConsentView } from './storefront-consents.dto.js';
