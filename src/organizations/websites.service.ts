import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { OrganizationChoice } from './organization-choice.js';
import type { NamedView } from './organizations.dto.js';
import { DefaultWebsiteKept, InUse } from './organizations.errors.js';
import { websiteListing } from './organizations.listings.js';
import { WebsitePermission } from './organizations.permissions.js';
import { OrganizationsRepository } from './organizations.repository.js';
import { WebsiteReferences, type WholeWebsite } from './website-references.js';
import { WebsiteUse } from './website-use.js';
import { Website } from './website.entity.js';
import type { WebsiteChange, WebsiteDraft, WebsiteView } from './websites.dto.js';
import { WebsitesRepository } from './websites.repository.js';

type Members = Omit<WholeWebsite, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

const HISTORY: HistoryRules<WholeWebsite> = {
  entity: 'website',
  members: ['name', 'url', 'isDefault', 'localizationIds', 'defaultLocalizationId', 'defaultRoleId', 'guestRoleId'],
};

@Injectable()
export class Websites {
  constructor(
    private readonly work: UnitOfWork,
    private readonly websites: WebsitesRepository,
    private readonly organizations: OrganizationsRepository,
    private readonly references: WebsiteReferences,
    private readonly choice: OrganizationChoice,
    private readonly contributions: Contributions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<WebsiteView>> {
    const { rows, page } = await websiteListing.page(this.websites.reached(), request);
    return { items: await this.whole(rows), page };
  }

  async get(id: number): Promise<WebsiteView> {
    return this.view(await this.websites.get(id));
  }

  /** A website of the organization; whoever acts. */
  async find(id: number, organizationId: number): Promise<WebsiteView | undefined> {
    const found = await this.websites.find({ id, organizationId });
    return found ? this.view(found) : undefined;
  }

  /** The website that customer users of the organization get when none is chosen. */
  async getDefault(organizationId: number): Promise<WebsiteView> {
    const found = await this.websites.find({ organizationId, isDefault: true });
    if (!found) throw new NotFound('default website');
    return this.view(found);
  }

  /** Every website of the organization, by id; whoever acts. */
  async ofOrganization(organizationId: number): Promise<WebsiteView[]> {
    return this.whole(await this.websites.ofOrganization(organizationId));
  }

  async names(ids: readonly number[]): Promise<Map<number, NamedView>> {
    return new Map((await this.websites.findAll(ids)).map(({ id, name }) => [id, { id, name }]));
  }

  /** The website that a visitor names, or the default one of the first organization; whoever asks. */
  async visited(id?: number): Promise<WebsiteView> {
    const found = await this.websites.find(id === undefined ? { isDefault: true } : { id });
    if (!found) throw new NotFound('website');
    return this.view(found);
  }

  /** What the draft leaves open is as with the organization's default website. */
  create({ organizationId: wanted, ...draft }: WebsiteDraft): Promise<WebsiteView> {
    return this.work.run(async () => {
      const organizationId = await this.choice.choose(WebsitePermission.create, wanted);
      await this.organizations.lock(organizationId);
      const model = await this.getDefault(organizationId);
      const defaultLocalizationId = draft.defaultLocalizationId ?? draft.localizationIds?.[0] ?? model.defaultLocalizationId;
      return this.add(
        {
          organizationId,
          name: draft.name,
          url: draft.url,
          isDefault: draft.isDefault ?? false,
          localizationIds: draft.localizationIds ?? [defaultLocalizationId],
          defaultLocalizationId,
          defaultRoleId: draft.defaultRoleId === undefined ? model.defaultRoleId : draft.defaultRoleId,
          guestRoleId: draft.guestRoleId === undefined ? model.guestRoleId : draft.guestRoleId,
        },
        draft,
      );
    });
  }

  /** Whoever acts; `named` are the roles that he chose himself. */
  add(members: Members, named: Pick<WebsiteDraft, 'defaultRoleId' | 'guestRoleId'> = {}): Promise<WebsiteView> {
    return this.work.run(async () => {
      const now = this.clock.now();
      const website = Object.assign(new Website(), members, { createdAt: now, updatedAt: now });
      await this.references.refuse(website);
      await this.references.refuseAbove(website, named);
      if (website.isDefault) await this.dethrone(website.organizationId);
      const saved = await this.save(website);
      await this.history.created(HISTORY, saved);
      return saved;
    });
  }

  change(id: number, change: WebsiteChange): Promise<WebsiteView> {
    return this.work.run(async () => {
      // The organization first: who makes another website the default locks both in this order.
      await this.organizations.lock((await this.websites.get(id)).organizationId);
      const before = await this.view(await this.websites.getForChange(id, WebsitePermission.edit));
      const after = Object.assign(new Website(), before, given(change));
      if (isDeepStrictEqual({ ...after }, { ...before })) return before;
      await this.references.refuse(after, before);
      await this.references.refuseAbove(after, change, before);
      if (after.isDefault && !before.isDefault) await this.dethrone(after.organizationId);
      const saved = await this.save(Object.assign(after, { updatedAt: this.clock.now() }));
      await this.history.changed(HISTORY, before, saved);
      return saved;
    });
  }

  /** Refused for the default website, and while people or records need it. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      await this.organizations.lock((await this.websites.get(id)).organizationId);
      const website = await this.view(await this.websites.getForChange(id, WebsitePermission.delete));
      if (website.isDefault) throw new DefaultWebsiteKept();
      for (const use of this.contributions.instancesOf(WebsiteUse)) if (await use.uses(id)) throw new InUse('website');
      await this.websites.remove(id);
      await this.history.deleted(HISTORY, website);
    });
  }

  private async dethrone(organizationId: number): Promise<void> {
    const website = await this.websites.find({ organizationId, isDefault: true });
    if (!website) return;
    const before = await this.view(website);
    await this.websites.save(Object.assign(website, { isDefault: false, updatedAt: this.clock.now() }));
    await this.history.changed(HISTORY, before, { ...before, isDefault: false });
  }

  private async save(website: WholeWebsite): Promise<WholeWebsite> {
    const { localizationIds, ...row } = website;
    const saved = await this.websites.save(Object.assign(new Website(), row));
    await this.websites.replaceLocalizations(saved.id, localizationIds);
    return this.view(saved);
  }

  private async view(row: Website): Promise<WholeWebsite> {
    return { ...row, localizationIds: (await this.websites.localizationsOf([row.id])).get(row.id) ?? [] };
  }

  private async whole(rows: readonly Website[]): Promise<WholeWebsite[]> {
    const offered = await this.websites.localizationsOf(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...row, localizationIds: offered.get(row.id) ?? [] }));
  }
}

function given({ localizationIds, ...change }: WebsiteChange): Partial<WholeWebsite> {
  const members = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(members), ...(localizationIds && { localizationIds: [...localizationIds].sort((a, b) => a - b) }) };
}
