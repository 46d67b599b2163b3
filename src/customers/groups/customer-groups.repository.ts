import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../../platform/database/index.js';
import { CustomerGroup } from './customer-group.entity.js';
import { GroupInUse, GroupNameTaken } from './customer-groups.errors.js';
import { CustomerGroupPermission } from '../customers.permissions.js';

@Injectable()
export class CustomerGroupsRepository extends ReachedRows<CustomerGroup> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: CustomerGroup,
      alias: 'customerGroup',
      view: CustomerGroupPermission.view,
      columns: { organization: 'customerGroup.organizationId' },
      noun: 'customer group',
    });
  }

  find(id: number, organizationId: number): Promise<CustomerGroup | null> {
    return this.work.repository(CustomerGroup).findOneBy({ id, organizationId });
  }

  findAll(ids: readonly number[]): Promise<CustomerGroup[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.work.repository(CustomerGroup).findBy({ id: In([...new Set(ids)]) });
  }

  save(group: CustomerGroup): Promise<CustomerGroup> {
    return refusingDuplicates(this.work.manager, { uq_customer_groups_name: () => new GroupNameTaken() }, () =>
      this.work.repository(CustomerGroup).save(group),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(CustomerGroup)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new GroupInUse() : error;
      });
  }
}
