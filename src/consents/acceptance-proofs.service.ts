import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { NotFound } from '../platform/errors/index.js';
import { type AcceptanceProof, PROOF_FORMAT, type ProofContent, type ProvedPerson } from './acceptance-proof.dto.js';
import { ordered } from './canonical.js';
import { ConsentingPeople } from './consenting-people.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import { ConsentsRepository } from './consents.repository.js';
import { EntryBroken } from './consents.errors.js';
import { factsOf, hashOfEntry, hashOfOrigin } from './ledger-chain.js';
import type { LedgerEntry, LedgerOrigin } from './ledger.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { ProofSigner } from './proof-signer.js';
import { hashOfText } from './translations.js';

/** Writes acts on consents out as documents that are verified without the product. */
@Injectable()
export class AcceptanceProofs {
  constructor(
    private readonly consents: ConsentsRepository,
    private readonly versions: ConsentVersionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly contributions: Contributions,
    private readonly settings: HttpSettings,
    private readonly clock: Clock,
  ) {}

  /** Of an act on a consent that the caller sees. It names nobody. Throws {@link EntryBroken}. */
  async ofConsent(consentId: number, acceptanceId: number): Promise<AcceptanceProof> {
    await this.consents.get(consentId);
    return this.proof(await this.ledger.find({ id: acceptanceId, consentId }), null);
  }

  /** Of an act of a person, whom it names. That the caller may see him is the caller's to check. */
  async ofPerson(customerUserId: number, acceptanceId: number, consentId?: number): Promise<AcceptanceProof> {
    const [people] = this.contributions.instancesOf(ConsentingPeople);
    const person = (await people?.named(customerUserId)) ?? null;
    return this.proof(await this.ledger.find({ id: acceptanceId, customerUserId, ...(consentId && { consentId }) }), person);
  }

  private async proof(entry: LedgerEntry | null, person: ProvedPerson | null): Promise<AcceptanceProof> {
    const text = entry && (await this.versions.translations([entry.translationId])).get(entry.translationId)?.text;
    if (!entry || text === undefined || text === null) throw new NotFound('acceptance', 'acceptances.not_found');
    const origin = (await this.ledger.originsOf([entry.id])).get(entry.id);
    if (!isSound(entry, text, origin)) throw new EntryBroken();
    const content: ProofContent = {
      format: PROOF_FORMAT,
      issuer: this.settings.publicUrl,
      issuedAt: this.clock.now().toISOString(),
      entry: factsOf(entry),
      hash: entry.hash,
      text,
      origin: origin ? { salt: origin.salt, ip: origin.ip, userAgent: origin.userAgent } : null,
      person,
    };
    const [signer] = this.contributions.instancesOf(ProofSigner);
    const signature = (await signer?.sign(ordered(content) as object)) ?? null;
    return { ...content, signature };
  }
}

/** Whether the entry, its text and its origin are as they were written. What was changed since is not signed. */
const isSound = (entry: LedgerEntry, text: string, origin: LedgerOrigin | undefined): boolean =>
  hashOfEntry(entry) === entry.hash && hashOfText(text) === entry.textHash && (!origin || hashOfOrigin(origin) === entry.originHash);
