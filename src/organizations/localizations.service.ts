import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Localization } from './localization.entity.js';
import type { LocalizationView, NamedView } from './organizations.dto.js';
import { localizationListing } from './organizations.listings.js';
import { LocalizationPermission } from './organizations.permissions.js';

@Injectable()
export class Localizations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<LocalizationView>> {
    const { rows, page } = await localizationListing.page(this.visible(), request);
    return { items: rows, page };
  }

  async get(id: number): Promise<LocalizationView> {
    const found = await this.visible().andWhere('localization.id = :id', { id }).getOne();
    if (!found) throw new NotFound('localization');
    return found;
  }

  /** A localization of the organization; whoever acts. */
  find(id: number, organizationId: number): Promise<LocalizationView | null> {
    return this.work.repository(Localization).findOneBy({ id, organizationId });
  }

  async names(ids: readonly number[]): Promise<Map<number, NamedView>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(Localization).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map(({ id, name }) => [id, { id, name }]));
  }

  async create(organizationId: number, name: string, languageCode: string): Promise<LocalizationView> {
    const now = this.clock.now();
    const row = { organizationId, name, languageCode, parentId: null, createdAt: now, updatedAt: now };
    return this.work.repository(Localization).save(row as Localization);
  }

  private visible() {
    const query = this.work.repository(Localization).createQueryBuilder('localization');
    return within(query, this.context.principal(), LocalizationPermission.view, { organization: 'localization.organizationId' });
  }
}
