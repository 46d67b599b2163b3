import { Injectable } from '@nestjs/common';
import { Settings, settings, type WebsiteView } from '../organizations/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { Page, RequestOf } from '../platform/listing/index.js';
import type { ConsentingPerson } from './consent-ledger.service.js';
import { type ConsentLanguage, ConsentReadings } from './consent-readings.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import { Consent, type ConsentVersion, ConsentWebsite } from './consent.entity.js';
import { ConsentNotFound } from './consents.errors.js';
import { offerListing } from './consents.listing.js';
import { LedgerEntry } from './ledger.entity.js';
import { isLastAct, LedgerRepository } from './ledger.repository.js';
import type { ConsentReading, MyConsentView, OfferedConsentView } from './storefront-consents.dto.js';
import { hashOfText, pickTranslation } from './translations.js';

type Versions = readonly [ConsentVersion, ...ConsentVersion[]];

/** What is asked of people on a website, and how they stand to it. */
@Injectable()
export class ConsentOffers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly versions: ConsentVersionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly readings: ConsentReadings,
    private readonly settings: Settings,
  ) {}

  /** What a visitor must or may accept. */
  async list(request: RequestOf<typeof offerListing>): Promise<Page<OfferedConsentView>> {
    const { websiteId, localizationId } = request.parameters;
    const website = await this.readings.visited(websiteId);
    const language = await this.readings.language(website.organizationId, localizationId);
    const { rows, page } = await offerListing.page(await this.offeredOn(website), request);
    return { items: (await this.offers(rows, language)).map(({ offer }) => offer), page };
  }

  /** The same in one piece, in their order. */
  async all(website: WebsiteView, localizationId?: number): Promise<OfferedConsentView[]> {
    const language = await this.readings.language(website.organizationId, localizationId);
    const query = (await this.offeredOn(website)).orderBy('consent.position', 'ASC').addOrderBy('consent.id', 'ASC');
    return (await this.offers(await query.getMany(), language)).map(({ offer }) => offer);
  }

  /** The same for a person, and what he accepted that is not asked for any more. */
  async listMine(person: ConsentingPerson, request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    const { websiteId, localizationId } = request.parameters;
    const website = await this.readings.website(person.organizationId, websiteId);
    const language = await this.readings.language(person.organizationId, localizationId);
    const { rows, page } = await offerListing.page(await this.concerning(person, website), request);
    return { items: await this.mine(person, rows, language), page };
  }

  async getMine(person: ConsentingPerson, id: number, { websiteId, localizationId }: ConsentReading): Promise<MyConsentView> {
    const website = await this.readings.website(person.organizationId, websiteId);
    const language = await this.readings.language(person.organizationId, localizationId);
    const rows = await (await this.concerning(person, website)).andWhere('consent.id = :id', { id }).getMany();
    const [view] = await this.mine(person, rows, language);
    if (!view) throw new ConsentNotFound();
    return view;
  }

  private async mine({ customerUserId }: ConsentingPerson, rows: readonly Consent[], language: ConsentLanguage): Promise<MyConsentView[]> {
    const acts = await this.ledger.lastActs(
      customerUserId,
      rows.map(({ id }) => id),
    );
    return (await this.offers(rows, language)).map(({ offer, versions }) => {
      const last = acts.get(offer.id);
      const acceptedVersion = last?.act === 'accepted' ? last.versionNumber : null;
      return { ...offer, status: statusOf(last, versions), acceptedVersion, decidedAt: last?.at ?? null };
    });
  }

  private async offers(rows: readonly Consent[], { localizationIds }: ConsentLanguage) {
    const versions = await this.versions.inEffect(rows.map(({ id }) => id));
    const translations = await this.versions.translationsOf([...versions.values()].map(([{ id }]) => id));
    return rows.flatMap(({ id, kind, mandatory, position }) => {
      const inEffect = versions.get(id);
      if (!inEffect) return [];
      const [{ id: versionId, number, effectiveAt }] = inEffect;
      const { name, text, localizationId } = pickTranslation(translations.get(versionId) ?? [], localizationIds);
      const currentVersion = { number, effectiveAt, textHash: hashOfText(text) };
      const offer: OfferedConsentView = { id, kind, name, text, localizationId, mandatory, position, currentVersion };
      return { offer, versions: inEffect };
    });
  }

  private async offeredOn(website: WebsiteView) {
    const { sql, parameters } = await this.offered(website);
    return this.consents(website.organizationId).andWhere(sql, parameters);
  }

  private async concerning({ customerUserId }: ConsentingPerson, website: WebsiteView) {
    const { sql, parameters } = await this.offered(website);
    const query = this.consents(website.organizationId);
    const accepted = query
      .subQuery()
      .select('1')
      .from(LedgerEntry, 'entry')
      .where('entry.consentId = consent.id')
      .andWhere('entry.customerUserId = :customerUserId')
      .andWhere(`entry.act = 'accepted'`)
      .andWhere(isLastAct(query));
    return query.andWhere(`(${sql} OR EXISTS ${accepted.getQuery()})`, { ...parameters, customerUserId });
  }

  private async offered({ id, organizationId }: WebsiteView) {
    const on = await this.settings.get(settings.consentsEnabled, { organizationId, websiteId: id });
    const website = this.consents(organizationId).subQuery().select('1').from(ConsentWebsite, 'link').where('link.consentId = consent.id');
    const everywhere = `NOT EXISTS ${website.getQuery()}`;
    const here = `EXISTS ${website.andWhere('link.websiteId = :websiteId').getQuery()}`;
    const sql = on ? `(consent.enabled = :enabled AND (${everywhere} OR ${here}))` : '1 = 0';
    return { sql, parameters: on ? { enabled: true, websiteId: id } : {} };
  }

  private consents(organizationId: number) {
    return this.work
      .repository(Consent)
      .createQueryBuilder('consent')
      .where('consent.organizationId = :organizationId', { organizationId });
  }
}

function statusOf(last: LedgerEntry | undefined, versions: Versions): MyConsentView['status'] {
  if (!last) return 'open';
  if (last.act === 'withdrawn') return 'withdrawn';
  return versions.some(({ number, reacceptance }) => reacceptance && number > last.versionNumber) ? 'outdated' : 'accepted';
}
