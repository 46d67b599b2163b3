import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput, type MemberFault, NotFound } from '../../platform/errors/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { CustomerUserRoles, type GivenRole, RoleCeiling } from '../../roles/index.js';
import { CustomerUserViews, fullNameOf } from '../customer-user-views.js';
import type { CustomerUser } from '../customer-user.entity.js';
import type { CustomerUserView } from '../customer-users.dto.js';
import { RolesKept } from '../customer-users.errors.js';
import { customerUserListing } from '../customer-users.listing.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailKeys } from '../lists/email-keys.js';
import { RoleHolders } from './role-holders.js';
import type { RoleMembersDraft, RoleMembersView } from './role-members.dto.js';

const HAS_ROLE =
  'EXISTS (SELECT 1 FROM customer_user_role_assignments member WHERE member.customer_user_id = person.id AND member.role_id = :memberOf)';

/** Who has a role, chosen from the side of the role. */
@Injectable()
export class RoleMembers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: CustomerUserRoles,
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly holders: RoleHolders,
    private readonly ceiling: RoleCeiling,
    private readonly emailKeys: EmailKeys,
  ) {}

  async list(roleId: number, request: ListRequest): Promise<Page<CustomerUserView>> {
    await this.roles.get(roleId);
    const { rows, page } = await customerUserListing.page(this.members(roleId), await this.emailKeys.follow(request));
    return { items: await this.views.ofAll(rows), page };
  }

  /**
   * Gives the role to these and takes it from all others whom the caller may edit. Throws `InvalidInput` for who is not there, was
   * erased or is of another customer than the role, `AboveOwnRights`, and `RolesKept` for who is enabled and would be left without a role.
   */
  replace(roleId: number, { customerUserIds }: RoleMembersDraft): Promise<RoleMembersView> {
    return this.work.run(async () => {
      const role = await this.roles.getToAssign(roleId);
      const before = await this.idsOf(this.members(roleId, CustomerUserPermission.edit));
      const chosen = await this.choose(role, customerUserIds);
      const added = chosen.filter(({ id }) => !before.includes(id));
      if (added.length > 0) await this.ceiling.refuseRoles([role], () => '/customerUserIds');
      await this.holders.change(added, (_person, held) => [...held, roleId]);
      const removed = before.filter((id) => !customerUserIds.includes(id));
      await this.take(roleId, removed);
      return { customerUserIds: chosen.map(({ id }) => id), added: added.length, removed: removed.length };
    });
  }

  /** Throws `NotFound` for who does not have it, `RolesKept` for who is enabled and has no other. */
  remove(roleId: number, customerUserId: number): Promise<void> {
    return this.work.run(async () => {
      await this.roles.getToAssign(roleId);
      const { id } = await this.people.getFor(customerUserId, CustomerUserPermission.edit);
      if (!(await this.members(roleId).andWhere('person.id = :id', { id }).getExists())) throw new NotFound('customer user of the role');
      await this.take(roleId, [id]);
    });
  }

  private async choose(role: GivenRole, ids: readonly number[]): Promise<CustomerUser[]> {
    const query = this.people.reached(CustomerUserPermission.edit).andWhere('person.organizationId = :organizationId', {
      organizationId: role.organizationId,
    });
    const reached = ids.length === 0 ? [] : await this.idsOf(query.andWhere('person.id IN (:...ids)', { ids }));
    const people = await this.holders.lock(reached);
    const byId = new Map(people.map((person) => [person.id, person]));
    const faults = ids.flatMap((id, index): MemberFault[] => {
      const pointer = `/customerUserIds/${index}`;
      const person = byId.get(id);
      if (!person) return [{ pointer, code: 'roles.customer_user_unknown', detail: `There is no customer user ${id}.` }];
      if (person.erasedAt !== null) return [{ pointer, code: 'customer_users.erased', detail: `The customer user ${id} was erased.` }];
      if (role.customerId === null || role.customerId === person.customerId) return [];
      return [{ pointer, code: 'customer_users.role_of_other_customer', detail: `The role ${role.label} belongs to another customer.` }];
    });
    if (faults.length > 0) throw new InvalidInput(faults);
    return people;
  }

  private async take(roleId: number, ids: readonly number[]): Promise<void> {
    const without: string[] = [];
    for await (const people of this.holders.lockMany(ids))
      await this.holders.change(people, (person, held) => {
        const left = held.filter((id) => id !== roleId);
        if (person.enabled && left.length === 0) without.push(fullNameOf(person));
        return left;
      });
    if (without.length > 0) throw new RolesKept(without);
  }

  private members(roleId: number, permission = CustomerUserPermission.view) {
    return this.people.reached(permission).andWhere(HAS_ROLE, { memberOf: roleId });
  }

  private async idsOf(query: ReturnType<CustomerUsersRepository['reached']>): Promise<number[]> {
    return (await query.select('person.id').orderBy('person.id').getMany()).map(({ id }) => id);
  }
}
