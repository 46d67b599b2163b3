import { Injectable } from '@nestjs/common';
import { OrganizationChoice } from '../../organizations/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { History, type HistoryRules } from '../../platform/history/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { CustomerGroup } from './customer-group.entity.js';
import type { CustomerGroupChange, CustomerGroupDraft, CustomerGroupView } from './customer-groups.dto.js';
import { customerGroupListing } from './customer-groups.listing.js';
import { CustomerGroupsRepository } from './customer-groups.repository.js';
import { CustomerGroupPermission } from '../customers.permissions.js';

const HISTORY: HistoryRules<CustomerGroup> = { entity: 'customer_group', members: ['name'] };

@Injectable()
export class CustomerGroups {
  constructor(
    private readonly work: UnitOfWork,
    private readonly groups: CustomerGroupsRepository,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomerGroupView>> {
    const { rows, page } = await customerGroupListing.page(this.groups.reached(), request);
    return { items: rows, page };
  }

  get(id: number): Promise<CustomerGroupView> {
    return this.groups.get(id);
  }

  create({ name, organizationId: wanted }: CustomerGroupDraft): Promise<CustomerGroupView> {
    return this.work.run(async () => {
      const organizationId = await this.choice.choose(CustomerGroupPermission.create, wanted);
      const now = this.clock.now();
      const saved = await this.groups.save(Object.assign(new CustomerGroup(), { organizationId, name, createdAt: now, updatedAt: now }));
      await this.history.created(HISTORY, saved);
      return saved;
    });
  }

  change(id: number, { name }: CustomerGroupChange): Promise<CustomerGroupView> {
    return this.work.run(async () => {
      const group = await this.groups.getForChange(id, CustomerGroupPermission.edit);
      if (name === undefined || name === group.name) return group;
      const before = { ...group };
      const saved = await this.groups.save(Object.assign(group, { name, updatedAt: this.clock.now() }));
      await this.history.changed(HISTORY, before, saved);
      return saved;
    });
  }

  /** Refused while customers are in it. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const group = await this.groups.getForChange(id, CustomerGroupPermission.delete);
      await this.groups.remove(id);
      await this.history.deleted(HISTORY, group);
    });
  }
}
