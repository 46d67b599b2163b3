import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Users } from '../users/index.js';
import { CustomerGroupsRepository } from './groups/customer-groups.repository.js';
import { Customer } from './customer.entity.js';
import { CustomersRepository } from './customers.repository.js';

/** What there is to tell others of a customer, with those who surround it. */
@Injectable()
export class CustomerPortraits {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly groups: CustomerGroupsRepository,
    private readonly users: Users,
    private readonly customFields: CustomFieldValues,
  ) {}

  /** Whoever acts. */
  async of(id: number) {
    const customer = await this.work.repository(Customer).findOneBy({ id });
    if (!customer) return undefined;
    const { organizationId, ownerId, groupId, parentId, name, externalId, internalRating, createdAt } = customer;
    const representatives = (await this.customers.salesRepresentativesOf([id])).get(id) ?? [];
    const users = await this.users.addressees(organizationId, ownerId === null ? representatives : [ownerId, ...representatives]);
    const group = groupId === null ? null : await this.groups.find(groupId, organizationId);
    const parent = parentId === null ? null : await this.customers.find(parentId, organizationId);
    const fieldsOf = await this.customFields.shown('customer', [customer]);
    return {
      ...{ id, name, externalId, internalRating, createdAt: createdAt.toISOString(), customFields: fieldsOf(customer) },
      group: group && { id: group.id, name: group.name },
      parent: parent && { id: parent.id, name: parent.name },
      owner: ownerId === null ? null : (users.get(ownerId) ?? null),
      salesRepresentatives: representatives.flatMap((userId) => users.get(userId) ?? []),
    };
  }
}
