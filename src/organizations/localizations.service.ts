import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Localization } from './localization.entity.js';
import type { LocalizationChange, LocalizationDraft, LocalizationView } from './localizations.dto.js';
import { LocalizationsRepository } from './localizations.repository.js';
import { OrganizationChoice } from './organization-choice.js';
import type { NamedView } from './organizations.dto.js';
import { localizationListing } from './organizations.listings.js';
import { LocalizationPermission } from './organizations.permissions.js';

/** No tree of localizations is deeper; a circle in it ends here. */
const DEEPEST = 20;

const HISTORY: HistoryRules<Localization> = { entity: 'localization', members: ['name', 'languageCode', 'parentId'] };

@Injectable()
export class Localizations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly localizations: LocalizationsRepository,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<LocalizationView>> {
    const { rows, page } = await localizationListing.page(this.localizations.reached(), request);
    return { items: rows, page };
  }

  get(id: number): Promise<LocalizationView> {
    return this.localizations.get(id);
  }

  /** A localization of the organization; whoever acts. */
  find(id: number, organizationId: number): Promise<LocalizationView | null> {
    return this.localizations.find(id, organizationId);
  }

  /** A localization of the organization with those that it falls back on, the nearest first; whoever acts. */
  async lineage(id: number, organizationId: number): Promise<LocalizationView[]> {
    const found: LocalizationView[] = [];
    for (let next: number | null = id; next !== null && found.length < DEEPEST;) {
      const localization = await this.localizations.find(next, organizationId);
      if (localization) found.push(localization);
      next = localization?.parentId ?? null;
    }
    return found;
  }

  /** Those of `ids` that are the organization's; whoever acts. */
  known(organizationId: number, ids: readonly number[]): Promise<Set<number>> {
    return this.localizations.known(organizationId, ids);
  }

  async names(ids: readonly number[]): Promise<Map<number, NamedView>> {
    return new Map((await this.localizations.findAll(ids)).map(({ id, name }) => [id, { id, name }]));
  }

  create({ organizationId: wanted, ...members }: LocalizationDraft): Promise<LocalizationView> {
    return this.work.run(async () => this.add(await this.choice.choose(LocalizationPermission.create, wanted), members));
  }

  /** The same, whoever acts. */
  add(
    organizationId: number,
    { name, languageCode, parentId = null }: Omit<LocalizationDraft, 'organizationId'>,
  ): Promise<LocalizationView> {
    return this.work.run(async () => {
      const now = this.clock.now();
      const draft = { organizationId, name, languageCode, parentId, createdAt: now, updatedAt: now };
      const localization = Object.assign(new Localization(), draft);
      await this.refuseParent(localization);
      const saved = await this.localizations.save(localization);
      await this.history.created(HISTORY, saved);
      return saved;
    });
  }

  change(id: number, { name, languageCode, parentId }: LocalizationChange): Promise<LocalizationView> {
    return this.work.run(async () => {
      const before = await this.localizations.getForChange(id, LocalizationPermission.edit);
      const given = Object.entries({ name, languageCode, parentId }).filter(([, value]) => value !== undefined);
      const after = Object.assign(new Localization(), before, Object.fromEntries(given));
      if (isDeepStrictEqual(after, before)) return before;
      if (after.parentId !== before.parentId) await this.refuseParent(after);
      const saved = await this.localizations.save(Object.assign(after, { updatedAt: this.clock.now() }));
      await this.history.changed(HISTORY, before, saved);
      return saved;
    });
  }

  /** Refused while a website, a person, a text or another localization needs it. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const localization = await this.localizations.getForChange(id, LocalizationPermission.delete);
      await this.localizations.remove(id);
      await this.history.deleted(HISTORY, localization);
    });
  }

  private async refuseParent({ id, organizationId, parentId }: Localization): Promise<void> {
    if (parentId === null) return;
    const refused = (code: string, detail: string) => new InvalidInput([{ pointer: '/parentId', code, detail }]);
    if (!(await this.localizations.find(parentId, organizationId)))
      throw refused('localizations.parent_unknown', 'There is no such parent localization.');
    // Each is locked on the way up, so that two who move at once cannot close a circle between them.
    for (let above: number | null = parentId; above !== null; above = (await this.localizations.lock(above))?.parentId ?? null)
      if (above === id)
        throw refused('localizations.parent_cycle', 'A localization cannot fall back on itself or on one that falls back on it.');
  }
}
