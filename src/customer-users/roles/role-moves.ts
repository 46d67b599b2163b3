import { Injectable } from '@nestjs/common';
import { ListensTo } from '../../platform/events/index.js';
import { CustomerUserRoleCustomized, CustomerUserRoleGivenToCustomer } from '../../roles/index.js';
import { Defaults } from '../defaults.js';
import { RolesKept } from '../customer-users.errors.js';
import { fullNameOf } from '../customer-user-views.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { RoleHolders } from './role-holders.js';

/** Gives people other roles when what happens to a role demands it, in the same transaction. */
@Injectable()
export class RoleMoves {
  constructor(
    private readonly holders: RoleHolders,
    private readonly defaults: Defaults,
  ) {}

  /** Everybody of the customer who has the role gets its copy in place of it. */
  @ListensTo(CustomerUserRoleCustomized)
  async toCopy({ roleId, copyId, customerId }: CustomerUserRoleCustomized): Promise<void> {
    for await (const people of this.holders.batches(roleId, { of: customerId }))
      await this.holders.change(people, (_person, held) => [...held.filter((id) => id !== roleId && id !== copyId), copyId]);
  }

  /** Whoever is of another customer loses the role. Without any left, who is enabled gets the one that his website gives. */
  @ListensTo(CustomerUserRoleGivenToCustomer)
  async fromOthers({ roleId, customerId }: CustomerUserRoleGivenToCustomer): Promise<void> {
    for await (const people of this.holders.batches(roleId, { notOf: customerId }))
      await this.holders.change(people, async (person, held) => {
        const left = held.filter((id) => id !== roleId);
        return left.length > 0 || !person.enabled ? left : this.given(person);
      });
  }

  private async given(person: CustomerUser): Promise<number[]> {
    const roleIds = await this.defaults.roleIds(person.organizationId, person.websiteId, person.guest);
    if (roleIds.length === 0) throw new RolesKept([fullNameOf(person)]);
    return roleIds;
  }
}
