import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import type { NamedView, WebsiteView } from './organizations.dto.js';
import { websiteListing } from './organizations.listings.js';
import { WebsitePermission } from './organizations.permissions.js';
import { Website, WebsiteLocalization } from './website.entity.js';

export interface WebsiteDraft {
  organizationId: number;
  name: string;
  url: string;
  isDefault: boolean;
  defaultLocalizationId: number;
}

@Injectable()
export class Websites {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<WebsiteView>> {
    const { rows, page } = await websiteListing.page(this.visible(), request);
    return { items: await this.views(rows), page };
  }

  async get(id: number): Promise<WebsiteView> {
    const found = await this.visible().andWhere('website.id = :id', { id }).getOne();
    if (!found) throw new NotFound('website');
    return this.view(found);
  }

  /** A website of the organization; whoever acts. */
  async find(id: number, organizationId: number): Promise<WebsiteView | undefined> {
    const found = await this.work.repository(Website).findOneBy({ id, organizationId });
    return found ? this.view(found) : undefined;
  }

  /** The website that customer users of the organization get when none is chosen. */
  async getDefault(organizationId: number): Promise<WebsiteView> {
    const found = await this.work.repository(Website).findOneBy({ organizationId, isDefault: true });
    if (!found) throw new NotFound('default website');
    return this.view(found);
  }

  async names(ids: readonly number[]): Promise<Map<number, NamedView>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(Website).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map(({ id, name }) => [id, { id, name }]));
  }

  /** The website that a visitor names, or the default one of the first organization; whoever asks. */
  async visited(id?: number): Promise<WebsiteView> {
    const where = id === undefined ? { isDefault: true } : { id };
    const found = await this.work.repository(Website).findOne({ where, order: { organizationId: 'ASC' } });
    if (!found) throw new NotFound('website');
    return this.view(found);
  }

  async create(draft: WebsiteDraft): Promise<WebsiteView> {
    const now = this.clock.now();
    const row = { ...draft, defaultRoleId: null, guestRoleId: null, createdAt: now, updatedAt: now };
    const website = await this.work.repository(Website).save(row as Website);
    await this.work.repository(WebsiteLocalization).insert({ websiteId: website.id, localizationId: draft.defaultLocalizationId });
    return this.view(website);
  }

  async setRoles(id: number, roles: { defaultRoleId: number; guestRoleId: number }): Promise<void> {
    await this.work.repository(Website).update({ id }, { ...roles, updatedAt: this.clock.now() });
  }

  private visible() {
    const query = this.work.repository(Website).createQueryBuilder('website');
    return within(query, this.context.principal(), WebsitePermission.view, { organization: 'website.organizationId' });
  }

  private async view(row: Website): Promise<WebsiteView> {
    const [view] = await this.views([row]);
    if (!view) throw new NotFound('website');
    return view;
  }

  private async views(rows: readonly Website[]): Promise<WebsiteView[]> {
    const offered = await this.work.repository(WebsiteLocalization).findBy({ websiteId: In(rows.map(({ id }) => id)) });
    return rows.map((row) => ({
      ...row,
      localizationIds: offered.filter(({ websiteId }) => websiteId === row.id).map(({ localizationId }) => localizationId),
    }));
  }
}
