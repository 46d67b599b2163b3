import { Injectable } from '@nestjs/common';
import { Settings, settings, Websites, type WebsiteView } from '../organizations/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { type OwnReading, type Page, readingOtherwise, type RequestOf } from '../platform/listing/index.js';
import { ConsentingPeople, type ConsentingPerson } from './consenting-people.js';
import { type ConsentLanguage, ConsentReadings } from './consent-readings.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import { Consent, ConsentPlacement, type ConsentVersion, ConsentWebsite } from './consent.entity.js';
import { ConsentNotFound } from './consents.errors.js';
import { offerListing } from './consents.listing.js';
import { ConsentsRepository } from './consents.repository.js';
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
    private readonly consents: ConsentsRepository,
    private readonly versions: ConsentVersionsRepository,
    private readonly ledger: LedgerRepository,
    private readonly readings: ConsentReadings,
    private readonly settings: Settings,
    private readonly websites: Websites,
    private readonly contributions: Contributions,
  ) {}

  /** What a visitor must or may accept. */
  async list(request: RequestOf<typeof offerListing>): Promise<Page<OfferedConsentView>> {
    const { websiteId, localizationId } = request.parameters;
    const website = await this.readings.visited(websiteId);
    const language = await this.readings.language(website.organizationId, localizationId);
    const order = await this.orderOn(website);
    const { rows, page } = await offerListing.page(await this.offeredOn(website), readingOtherwise(request, 'position', order));
    return { items: (await this.offers(rows, order, language)).map(({ offer }) => offer), page };
  }

  /** The same in one piece, in their order. */
  async all(website: WebsiteView, localizationId?: number): Promise<OfferedConsentView[]> {
    const language = await this.readings.language(website.organizationId, localizationId);
    const order = await this.orderOn(website);
    const query = (await this.offeredOn(website)).orderBy(order.sql, 'ASC').addOrderBy('consent.id', 'ASC');
    return (await this.offers(await query.getMany(), order, language)).map(({ offer }) => offer);
  }

  /** The same for a person, and what he accepted that is not asked for any more. */
  async listMine(person: ConsentingPerson, request: RequestOf<typeof offerListing>): Promise<Page<MyConsentView>> {
    const { websiteId, localizationId } = request.parameters;
    const website = await this.websiteOf(person, websiteId);
    const language = await this.readings.language(person.organizationId, localizationId ?? (await this.preferredBy(person)));
    const order = await this.orderOn(website);
    const { rows, page } = await offerListing.page(await this.concerning(person, website), readingOtherwise(request, 'position', order));
    return { items: await this.mine(person, await this.offers(rows, order, language)), page };
  }

  async getMine(person: ConsentingPerson, id: number, { websiteId, localizationId }: ConsentReading): Promise<MyConsentView> {
    const website = await this.websiteOf(person, websiteId);
    const language = await this.readings.language(person.organizationId, localizationId ?? (await this.preferredBy(person)));
    const rows = await (await this.concerning(person, website)).andWhere('consent.id = :id', { id }).getMany();
    const [view] = await this.mine(person, await this.offers(rows, await this.orderOn(website), language));
    if (!view) throw new ConsentNotFound();
    return view;
  }

  /** The localization that somebody reads in where he names none. */
  async preferredBy({ customerUserId }: ConsentingPerson): Promise<number | undefined> {
    const [people] = this.contributions.instancesOf(ConsentingPeople);
    return people?.localizationOf(customerUserId);
  }

  /** Whether the consent is asked for on the website, or, without one, on any of its organization. */
  async isOffered({ id, organizationId }: Consent, website?: WebsiteView): Promise<boolean> {
    for (const place of website ? [website] : await this.websites.ofOrganization(organizationId))
      if (await (await this.offeredOn(place)).andWhere('consent.id = :id', { id }).getExists()) return true;
    return false;
  }

  /** The website that is named, or the person's own. */
  private async websiteOf({ customerUserId, organizationId }: ConsentingPerson, named: number | undefined): Promise<WebsiteView> {
    const [people] = this.contributions.instancesOf(ConsentingPeople);
    return this.readings.website(organizationId, named ?? (await people?.websiteOf(customerUserId)));
  }

  private async mine({ customerUserId }: ConsentingPerson, offers: Offers): Promise<MyConsentView[]> {
    const acts = await this.ledger.lastActs(
      customerUserId,
      offers.map(({ offer }) => offer.id),
    );
    return offers.map(({ offer, versions }) => {
      const last = acts.get(offer.id);
      const acceptedVersion = last?.act === 'accepted' ? last.versionNumber : null;
      return { ...offer, status: statusOf(last, versions), acceptedVersion, decidedAt: last?.at ?? null, acceptanceId: last?.id ?? null };
    });
  }

  private async offers(rows: readonly Consent[], order: WebsiteOrder, { localizationIds }: ConsentLanguage): Promise<Offers> {
    const versions = await this.versions.inEffect(rows.map(({ id }) => id));
    const translations = await this.versions.translationsOf([...versions.values()].map(([{ id }]) => id));
    return rows.flatMap((row) => {
      const { id, kind, mandatory } = row;
      const inEffect = versions.get(id);
      if (!inEffect) return [];
      const [{ id: versionId, number, effectiveAt }] = inEffect;
      const { name, text, localizationId } = pickTranslation(translations.get(versionId) ?? [], localizationIds);
      const currentVersion = { number, effectiveAt, textHash: hashOfText(text) };
      const offer = { id, kind, name, text, localizationId, mandatory, position: order.read(row), currentVersion };
      return { offer, versions: inEffect };
    });
  }

  /** The place of each consent on the website: its own there, or that of the consent. */
  private async orderOn({ id }: WebsiteView): Promise<WebsiteOrder> {
    const placements = await this.consents.placementsOn(id);
    return {
      sql: 'COALESCE(placement.position, consent.position)',
      read: ({ id: consentId, position }) => placements.get(consentId)?.position ?? position,
    };
  }

  private async offeredOn(website: WebsiteView) {
    const { sql, parameters } = await this.offered(website);
    return this.placedOn(website).andWhere(sql, parameters);
  }

  private async concerning({ customerUserId }: ConsentingPerson, website: WebsiteView) {
    const { sql, parameters } = await this.offered(website);
    const query = this.placedOn(website);
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

  /** The website's own switch says whether a consent is asked for there; without one, the websites of the consent do. */
  private async offered(website: WebsiteView) {
    const { id: websiteId, organizationId } = website;
    const on = await this.settings.get(settings.consentsEnabled, { organizationId, websiteId });
    if (!on) return { sql: '1 = 0', parameters: {} };
    const listed = this.placedOn(website).subQuery().select('1').from(ConsentWebsite, 'link').where('link.consentId = consent.id');
    const everywhere = `NOT EXISTS ${listed.getQuery()}`;
    const here = `EXISTS ${listed.andWhere('link.websiteId = :websiteId').getQuery()}`;
    const byItself = `(placement.enabled IS NULL AND (${everywhere} OR ${here}))`;
    return { sql: `(consent.enabled = :on AND (placement.enabled = :on OR ${byItself}))`, parameters: { on: true } };
  }

  private placedOn({ id: websiteId, organizationId }: WebsiteView) {
    return this.work
      .repository(Consent)
      .createQueryBuilder('consent')
      .leftJoin(ConsentPlacement, 'placement', 'placement.consentId = consent.id AND placement.websiteId = :websiteId', { websiteId })
      .where('consent.organizationId = :organizationId', { organizationId });
  }
}

/** Where the consents of a website stand. */
type WebsiteOrder = OwnReading<Consent, number>;

type Offers = { offer: OfferedConsentView; versions: Versions }[];

function statusOf(last: LedgerEntry | undefined, versions: Versions): MyConsentView['status'] {
  if (!last) return 'open';
  if (last.act === 'withdrawn') return 'withdrawn';
  return versions.some(({ number, reacceptance }) => reacceptance && number > last.versionNumber) ? 'outdated' : 'accepted';
}
