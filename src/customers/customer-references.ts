import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { Users } from '../users/index.js';
import { CustomerGroupsRepository } from './groups/customer-groups.repository.js';
import { CustomerPaths } from './customer-paths.js';
import type { CustomerChange } from './customers.dto.js';
import { groupUnknown, ownerUnknown, parentBelow, parentUnknown, salesRepresentativeUnknown } from './customers.errors.js';
import { CustomersRepository } from './customers.repository.js';

/** Which customer is to refer to something; without an id while it is not there yet. */
interface Referring {
  readonly id?: number;
  readonly organizationId: number;
  readonly parentId: number | null;
}

/** What a customer may refer to. */
@Injectable()
export class CustomerReferences {
  constructor(
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly groups: CustomerGroupsRepository,
    private readonly users: Users,
    private readonly context: CurrentContext,
  ) {}

  /** A fault for each member that refers to what it may not. */
  async faults(customer: Referring, change: CustomerChange): Promise<MemberFault[]> {
    return [
      ...(await this.parentFaults(customer, change)),
      ...(await this.groupFaults(customer, change)),
      ...(await this.peopleFaults(customer, change)),
    ];
  }

  private async parentFaults({ id, organizationId, ...kept }: Referring, { parentId }: CustomerChange): Promise<MemberFault[]> {
    if (parentId == null || parentId === kept.parentId) return [];
    const parent = this.context.findPrincipal()
      ? (await this.customers.reachedOf([parentId])).find((row) => row.organizationId === organizationId)
      : await this.customers.find(parentId, organizationId);
    if (!parent) return [parentUnknown];
    return id !== undefined && (await this.paths.isBelow(parentId, id)) ? [parentBelow] : [];
  }

  private async groupFaults({ organizationId }: Referring, { groupId }: CustomerChange): Promise<MemberFault[]> {
    return groupId == null || (await this.groups.find(groupId, organizationId)) ? [] : [groupUnknown];
  }

  private async peopleFaults({ organizationId }: Referring, { ownerId, salesRepresentativeIds = [] }: CustomerChange) {
    const known = await this.users.known([...salesRepresentativeIds, ...(ownerId == null ? [] : [ownerId])], organizationId);
    return [
      ...(ownerId == null || known.has(ownerId) ? [] : [ownerUnknown]),
      ...salesRepresentativeIds.flatMap((id, index) => (known.has(id) ? [] : [salesRepresentativeUnknown(id, index)])),
    ];
  }
}
