import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { RoleDirectory } from '../organizations/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { CustomerUserRoles } from './customer-user-roles.service.js';
import { RoleCeiling } from './role-ceiling.js';

/** The roles that organizations begin with, and that their websites give. */
@Injectable()
export class WebsiteRoles extends RoleDirectory {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: CustomerUserRoles,
    private readonly ceiling: RoleCeiling,
  ) {
    super();
  }

  async createPredefined(organizationId: number): Promise<{ defaultRoleId: number; guestRoleId: number }> {
    const { buyerId, visitorId } = await this.roles.createPredefined(organizationId);
    return { defaultRoleId: buyerId, guestRoleId: visitorId };
  }

  async known(organizationId: number, ids: readonly number[]): Promise<Set<number>> {
    const where = { organizationId, id: In([...new Set(ids)]), customerId: IsNull() };
    // Nobody deletes one, or gives it to a single customer, until the website that is to give it is written.
    const lock = this.work.forUpdate && ({ mode: 'pessimistic_read' } as const);
    return new Set((await this.work.repository(CustomerUserRole).find({ where, lock })).map(({ id }) => id));
  }

  async refuseAbove(organizationId: number, named: ReadonlyMap<string, number>): Promise<void> {
    const roles = new Map((await this.roles.findAll(organizationId, [...named.values()])).map((role) => [role.id, role]));
    this.ceiling.refuseGifts(
      [...named].flatMap(([pointer, id]) => {
        const role = roles.get(id);
        return role ? [{ rights: role.rights, pointer }] : [];
      }),
    );
  }

  async removeAll(organizationId: number): Promise<void> {
    await this.work.repository(CustomerUserRole).delete({ organizationId });
  }
}
