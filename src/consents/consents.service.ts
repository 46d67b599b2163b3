import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { ConsentReferences } from './consent-references.js';
import { ConsentVersionsRepository } from './consent-versions.repository.js';
import type { Consent, ConsentTranslation, ConsentVersion } from './consent.entity.js';
import type {
  ConsentChange,
  ConsentDraft,
  ConsentPlacementDraft,
  ConsentPlacementView,
  ConsentTranslationView,
  ConsentVersionDraft,
  ConsentVersionView,
  ConsentView,
} from './consents.dto.js';
import { ConsentInLedger, ConsentNotFound, VersionInEffect, VersionScheduled } from './consents.errors.js';
import { consentListing, versionListing } from './consents.listing.js';
import { ConsentPermission } from './consents.permissions.js';
import { ConsentsRepository } from './consents.repository.js';
import { readEffectiveAt } from './effective-at.js';
import { LedgerRepository } from './ledger.repository.js';
import { readTranslations } from './translations.js';

/** A consent as the history tells of it: its newest version is part of it, in the default language. */
interface RecordedConsent extends Pick<Consent, 'id' | 'organizationId' | 'kind' | 'mandatory' | 'enabled' | 'position'> {
  websiteIds: number[];
  websites: ConsentPlacementView[];
  name: string;
  versionNumber: number;
  textHash: string;
}

const HISTORY: HistoryRules<RecordedConsent> = {
  entity: 'consent',
  members: ['name', 'kind', 'mandatory', 'enabled', 'position', 'websiteIds', 'websites', 'versionNumber', 'textHash'],
};

/** What people are asked to agree to. */
@Injectable()
export class Consents {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly consents: ConsentsRepository,
    private readonly versions: ConsentVersionsRepository,
    private readonly references: ConsentReferences,
    private readonly ledger: LedgerRepository,
    private readonly history: History,
  ) {}

  async list(request: ListRequest): Promise<Page<ConsentView>> {
    const { rows, page } = await consentListing.page(this.consents.reached(ConsentPermission.view), request);
    return { items: await this.views(rows), page };
  }

  async get(id: number): Promise<ConsentView> {
    const [view] = await this.views([await this.consents.get(id)]);
    if (!view) throw new ConsentNotFound();
    return view;
  }

  create({
    name,
    text,
    translations,
    kind = 'text',
    mandatory = false,
    enabled = true,
    position = 0,
    websiteIds = [],
    websites = [],
  }: ConsentDraft): Promise<ConsentView> {
    return this.work.run(async () => {
      const { organizationId } = this.context.principal();
      const wording = readTranslations({ name, text, translations }, { kind });
      await this.references.refuseUnknown(organizationId, { websiteIds, websites, translations });
      const now = this.clock.now();
      const consent = await this.consents.add({ organizationId, kind, mandatory, enabled, position, createdAt: now, updatedAt: now });
      await this.consents.replaceWebsites(consent.id, websiteIds);
      await this.consents.replacePlacements(consent.id, placementsOf(websites));
      await this.versions.add({ consentId: consent.id, number: 1, effectiveAt: now, reacceptance: false }, wording);
      await this.ledger.start(organizationId);
      await this.history.created(HISTORY, await this.recorded(consent));
      return this.get(consent.id);
    });
  }

  change(id: number, { websiteIds, websites, ...members }: ConsentChange): Promise<ConsentView> {
    return this.work.run(async () => {
      const consent = await this.consents.getForChange(id, ConsentPermission.edit);
      const before = await this.recorded(consent);
      const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Consent>;
      const after = {
        ...{ ...before, ...given },
        websiteIds: websiteIds ? [...websiteIds].sort((a, b) => a - b) : before.websiteIds,
        websites: websites ? placementsOf(websites) : before.websites,
      };
      await this.references.refuseUnknown(consent.organizationId, { websiteIds, websites });
      if (isDeepStrictEqual(after, before)) return this.get(id);
      if (websiteIds) await this.consents.replaceWebsites(id, websiteIds);
      if (websites) await this.consents.replacePlacements(id, after.websites);
      await this.consents.change(id, { ...given, updatedAt: this.clock.now() });
      await this.history.changed(HISTORY, before, after);
      return this.get(id);
    });
  }

  /** Refused once somebody has accepted it: the ledger keeps what he accepted. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const consent = await this.consents.getForChange(id, ConsentPermission.delete);
      if (await this.ledger.has(id)) throw new ConsentInLedger();
      const recorded = await this.recorded(consent);
      await this.consents.remove(id).catch((error: unknown) => {
        throw isBrokenReference(error) ? new ConsentInLedger() : error;
      });
      await this.history.deleted(HISTORY, recorded);
    });
  }

  async listVersions(id: number, request: ListRequest): Promise<Page<ConsentVersionView>> {
    await this.consents.get(id);
    const { rows, page } = await versionListing.page(this.versions.of(id), request);
    return { items: await this.versionViews(rows), page };
  }

  async getVersion(id: number, versionId: number): Promise<ConsentVersionView> {
    await this.consents.get(id);
    const row = await this.versions.of(id).andWhere('version.id = :versionId', { versionId }).getOne();
    const [view] = await this.versionViews(row ? [row] : []);
    if (!view) throw new ConsentNotFound();
    return view;
  }

  /** What the consent says from `effectiveAt` on. What was said before stays on record. */
  addVersion(id: number, { name, text, translations, effectiveAt, reacceptance }: ConsentVersionDraft): Promise<ConsentVersionView> {
    return this.work.run(async () => {
      const consent = await this.consents.getForChange(id, ConsentPermission.edit);
      const before = await this.recorded(consent);
      const wording = readTranslations({ name, text, translations }, { kind: consent.kind, nameBefore: before.name });
      await this.references.refuseUnknown(consent.organizationId, { translations });
      const now = this.clock.now();
      const from = readEffectiveAt(effectiveAt, now);
      const newest = await this.versions.newest(id);
      if (from < newest.effectiveAt) throw new VersionScheduled(newest.number, newest.effectiveAt);
      const added = await this.versions.add({ consentId: id, number: newest.number + 1, effectiveAt: from, reacceptance }, wording);
      await this.consents.change(id, { updatedAt: now });
      await this.history.changed(HISTORY, before, await this.recorded(consent), 'version-added');
      return this.getVersion(id, added.id);
    });
  }

  /** Takes back a version that has not come into effect: nobody has seen it. */
  removeVersion(id: number, versionId: number): Promise<void> {
    return this.work.run(async () => {
      const consent = await this.consents.getForChange(id, ConsentPermission.edit);
      const version = await this.versions.of(id).andWhere('version.id = :versionId', { versionId }).getOne();
      if (!version) throw new ConsentNotFound();
      const now = this.clock.now();
      if (version.effectiveAt <= now) throw new VersionInEffect(version.number);
      const before = await this.recorded(consent);
      await this.versions.remove(versionId).catch((error: unknown) => {
        throw isBrokenReference(error) ? new VersionInEffect(version.number) : error;
      });
      await this.consents.change(id, { updatedAt: now });
      await this.history.changed(HISTORY, before, await this.recorded(consent), 'version-removed');
    });
  }

  private async recorded({ id, organizationId, kind, mandatory, enabled, position }: Consent): Promise<RecordedConsent> {
    const websiteIds = (await this.consents.websitesOf([id])).get(id) ?? [];
    const websites = placementsOf((await this.consents.placementsOf([id])).get(id) ?? []);
    const newest = await this.versions.newest(id);
    const [byDefault] = (await this.versions.translationsOf([newest.id])).get(newest.id) ?? [];
    const { number: versionNumber, textHash } = newest;
    const wording = { name: byDefault?.name ?? '', versionNumber, textHash };
    return { id, organizationId, kind, mandatory, enabled, position, websiteIds, websites, ...wording };
  }

  private async views(rows: readonly Consent[]): Promise<ConsentView[]> {
    const ids = rows.map(({ id }) => id);
    const websites = await this.consents.websitesOf(ids);
    const placements = await this.consents.placementsOf(ids);
    const versions = await this.versions.inEffect(ids);
    const current = [...versions.values()].map(([version]) => version);
    const translations = await this.versions.translationsOf(current.map(({ id }) => id));
    return rows.flatMap((row) => {
      const [version] = versions.get(row.id) ?? [];
      const wording = (version && translations.get(version.id)) ?? [];
      const [byDefault] = wording;
      if (!version || !byDefault) return [];
      const { number, effectiveAt, textHash } = version;
      return {
        ...row,
        name: byDefault.name,
        text: byDefault.text,
        translations: wording.map(translationView),
        websiteIds: websites.get(row.id) ?? [],
        websites: placementsOf(placements.get(row.id) ?? []),
        currentVersion: { number, effectiveAt, textHash },
      };
    });
  }

  private async versionViews(rows: readonly ConsentVersion[]): Promise<ConsentVersionView[]> {
    const translations = await this.versions.translationsOf(rows.map(({ id }) => id));
    return rows.map(({ id, number, effectiveAt, reacceptance, textHash, createdAt }) => {
      const wording = (translations.get(id) ?? []).map(translationView);
      return { id, number, effectiveAt, reacceptance, textHash, translations: wording, createdAt };
    });
  }
}

const translationView = ({ localizationId, name, text }: ConsentTranslation): ConsentTranslationView => ({ localizationId, name, text });

/** In the order of the websites; one that says nothing of its own is left out. */
const placementsOf = (websites: readonly ConsentPlacementDraft[]): ConsentPlacementView[] =>
  websites
    .map(({ websiteId, enabled = null, position = null }) => ({ websiteId, enabled, position }))
    .filter(({ enabled, position }) => enabled !== null || position !== null)
    .sort((one, other) => one.websiteId - other.websiteId);
