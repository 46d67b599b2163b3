import { Injectable } from '@nestjs/common';
import { within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Organization } from './organization.entity.js';
import type { OrganizationView } from './organizations.dto.js';
import { organizationListing } from './organizations.listings.js';
import { OrganizationPermission } from './organizations.permissions.js';

@Injectable()
export class Organizations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<OrganizationView>> {
    const { rows, page } = await organizationListing.page(this.visible(), request);
    return { items: rows, page };
  }

  async get(id: number): Promise<OrganizationView> {
    const found = await this.visible().andWhere('organization.id = :id', { id }).getOne();
    if (!found) throw new NotFound('organization');
    return found;
  }

  /** For the product itself, whoever acts. */
  find(id: number): Promise<OrganizationView | null> {
    return this.work.repository(Organization).findOneBy({ id });
  }

  /** Of all of them. */
  async ids(): Promise<number[]> {
    return (await this.work.repository(Organization).find({ select: { id: true }, order: { id: 'ASC' } })).map(({ id }) => id);
  }

  async exist(): Promise<boolean> {
    return this.work.repository(Organization).exists();
  }

  async create(name: string): Promise<OrganizationView> {
    const now = this.clock.now();
    return this.work.repository(Organization).save({ name, enabled: true, createdAt: now, updatedAt: now } as Organization);
  }

  private visible() {
    const query = this.work.repository(Organization).createQueryBuilder('organization');
    return within(query, this.context.principal(), OrganizationPermission.view, { organization: 'organization.id' });
  }
}
