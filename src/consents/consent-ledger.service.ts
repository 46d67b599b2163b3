import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { WebsiteView } from '../organizations/index.js';
import { within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import type { AcceptanceView, AcceptedConsentView, ConsentChannel } from './acceptances.dto.js';
import { ConsentingPeople, type ConsentingPerson } from './consenting-people.js';
import { ConsentOffers } from './consent-offers.service.js';
import { ConsentReadings } from './consent-readings.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import type { Consent } from './consent.entity.js';
import { AlreadyAccepted, ConsentDisabled, ConsentNotFound, NotAccepted, VersionOutdated, VersionUnknown } from './consents.errors.js';
import { ConsentAccepted, ConsentWithdrawn } from './consents.events.js';
import { acceptanceListing } from './consents.listing.js';
import { ConsentPermission } from './consents.permissions.js';
import { ConsentsRepository } from './consents.repository.js';
import { type KnownEntry, type LedgerReport, LedgerVerification } from './ledger-verification.js';
import type { LedgerEntry, LedgerHead } from './ledger.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { hashOfText, pickTranslation } from './translations.js';

/** What somebody has read, and in which language. */
export interface ReadConsent {
  consentId: number;
  version: number;
  localizationId?: number;
}

/** An entry as its table keeps it. */
export type LedgerRow = LedgerEntry;

/** Who accepted or withdrew what: an append-only ledger. */
@Injectable()
export class ConsentLedger {
  constructor(
    private readonly work: UnitOfWork,
    private readonly consents: ConsentsRepository,
    private readonly versions: ConsentVersionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly readings: ConsentReadings,
    private readonly offers: ConsentOffers,
    private readonly events: Events,
    private readonly context: CurrentContext,
    private readonly verification: LedgerVerification,
    private readonly contributions: Contributions,
  ) {}

  /**
   * Puts on record that the person accepts the version that he has read, which must be the current one. Without the website where he does
   * so, any that asks for the consent will do.
   */
  accept(person: ConsentingPerson, read: ReadConsent, channel: ConsentChannel, website?: WebsiteView): Promise<void> {
    const { customerUserId, organizationId } = person;
    return this.work.run(async () => {
      const head = await this.begin(person);
      // Nobody deletes it, or a version of it, until the entry is there.
      const consent = await this.consents.lock(read.consentId);
      if (consent?.organizationId !== organizationId) throw new ConsentNotFound();
      if (!(await this.offers.isOffered(consent, website))) throw new ConsentDisabled();
      const { id: versionId, number } = await this.versions.current(consent.id);
      if (read.version < number) throw new VersionOutdated(read.version, number);
      if (read.version > number) throw new VersionUnknown(read.version, number);
      const last = (await this.ledger.lastActs(customerUserId, [consent.id])).get(consent.id);
      if (last?.act === 'accepted' && last.versionNumber === number) throw new AlreadyAccepted(number);
      const reading = await this.readings.language(organizationId, read.localizationId);
      const translation = pickTranslation((await this.versions.translationsOf([versionId])).get(versionId) ?? [], reading.localizationIds);
      const entry = await this.ledger.append(head, {
        customerUserId,
        consentId: consent.id,
        versionNumber: number,
        translationId: translation.id,
        textHash: hashOfText(translation.text),
        name: translation.name,
        locale: reading.locale,
        channel,
        act: 'accepted',
      });
      await this.events.record(eventOf(ConsentAccepted, entry, consent));
    });
  }

  /** Puts on record that the person takes back what he accepted last, also when it is not asked for any more. */
  withdraw(person: ConsentingPerson, consentId: number, channel: ConsentChannel): Promise<void> {
    const { customerUserId, organizationId } = person;
    return this.work.run(async () => {
      const head = await this.begin(person);
      const consent = await this.get(consentId, organizationId);
      const last = (await this.ledger.lastActs(customerUserId, [consentId])).get(consentId);
      if (last?.act !== 'accepted') throw new NotAccepted();
      const { versionNumber, translationId, textHash, name, locale } = last;
      const withdrawn = { customerUserId, consentId, versionNumber, translationId, textHash, name, locale, channel };
      const entry = await this.ledger.append(head, { ...withdrawn, act: 'withdrawn' });
      await this.events.record(eventOf(ConsentWithdrawn, entry, consent));
    });
  }

  /** What a customer user accepted and withdrew, with the exact texts. That the caller may see him is the caller's to check. */
  async acceptancesOf(
    customerUserId: number,
    request: ListRequest = acceptanceListing.parse({}),
    consent?: Consent,
  ): Promise<Page<AcceptedConsentView>> {
    const query = this.ledger.entries().where('entry.customerUserId = :customerUserId', { customerUserId });
    if (consent) query.andWhere('entry.consentId = :consentId', { consentId: consent.id });
    const { rows, page } = await acceptanceListing.page(query, request);
    return { items: await this.shown(rows), page };
  }

  /** Everybody's acts on a consent that the caller sees. */
  async acceptancesOfConsent(consentId: number, request: ListRequest): Promise<Page<AcceptanceView>> {
    await this.consents.get(consentId);
    const { rows, page } = await acceptanceListing.page(
      this.ledger.entries().where('entry.consentId = :consentId', { consentId }),
      request,
    );
    return { items: await this.views(rows), page };
  }

  /** The entries that the caller may see: those on consents that he may see. */
  reached(): SelectQueryBuilder<LedgerRow> {
    return within(this.ledger.entries(), this.context.principal(), ConsentPermission.view, { organization: 'entry.organizationId' });
  }

  /** Entries with the exact texts, in their order; without those that are not what was accepted any more. */
  async shown(rows: readonly LedgerRow[]): Promise<AcceptedConsentView[]> {
    const translations = await this.versions.translations(rows.map(({ translationId }) => translationId));
    const hashes = new Map([...translations].map(([id, { text }]) => [id, hashOfText(text)]));
    return (await this.views(rows)).map((view, i) => {
      const translation = translations.get(rows[i]?.translationId ?? 0);
      const text = translation && hashes.get(translation.id) === view.textHash ? translation.text : null;
      return { ...view, text, localizationId: translation?.localizationId ?? null };
    });
  }

  /** Walks every chain and names the first broken entry of each; `known` are entries whose hashes were kept elsewhere. */
  verify(known: readonly KnownEntry[] = []): Promise<LedgerReport> {
    return this.verification.verify(known);
  }

  /** Whoever acts. */
  async get(consentId: number, organizationId: number): Promise<Consent> {
    const consent = await this.consents.find(consentId, organizationId);
    if (!consent) throw new ConsentNotFound();
    return consent;
  }

  /** The end of the chain, for an act of somebody who is still there: he may be erased while his request is under way. */
  private async begin({ customerUserId, organizationId }: ConsentingPerson): Promise<LedgerHead> {
    const [people] = this.contributions.instancesOf(ConsentingPeople);
    await people?.hold(customerUserId);
    return this.ledger.lock(organizationId);
  }

  private async views(rows: readonly LedgerEntry[]): Promise<AcceptanceView[]> {
    const origins = await this.ledger.originsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      customerUserId: row.customerUserId,
      consentId: row.consentId,
      name: row.name,
      version: row.versionNumber,
      textHash: row.textHash,
      act: row.act,
      at: row.at,
      locale: row.locale,
      channel: row.channel,
      ip: origins.get(row.id)?.ip ?? null,
      userAgent: origins.get(row.id)?.userAgent ?? null,
      sequence: row.sequence,
      hash: row.hash,
    }));
  }
}

const eventOf = <E>(
  Event: new (...parameters: ConstructorParameters<typeof ConsentAccepted>) => E,
  { organizationId, customerUserId, consentId, name, versionNumber, at }: LedgerEntry,
  { mandatory }: Consent,
): E => new Event(organizationId, customerUserId, consentId, name, versionNumber, mandatory, at);
