import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { StoredRights } from '../platform/authorization/index.js';
import type { Rights } from '../platform/context/index.js';
import { findMany, insertMany, isBrokenReference, nearlyAmong, readMembers, UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { CustomerUserRole, CustomerUserRoleAssignment } from './customer-user-role.entity.js';
import type { RoleSummary } from './roles.dto.js';
import { RoleGone } from './roles.errors.js';
import { CustomerUserRolesChanged } from './roles.events.js';

/** Who has which role. */
@Injectable()
export class RoleAssignments {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rights: StoredRights,
    private readonly events: Events,
  ) {}

  /** The roles of each customer user, by role id. */
  async of(customerUserIds: readonly number[]): Promise<Map<number, RoleSummary[]>> {
    const assignments = await findMany(this.work.manager, CustomerUserRoleAssignment, 'customerUserId', customerUserIds);
    const roles = await this.work.repository(CustomerUserRole).findBy({ id: In([...new Set(assignments.map(({ roleId }) => roleId))]) });
    const summaries = new Map(roles.map(({ id, code, label }) => [id, { id, code, label }]));
    const byUser = new Map<number, RoleSummary[]>();
    for (const { customerUserId, roleId } of assignments) {
      const role = summaries.get(roleId);
      if (!role) continue;
      const held = byUser.get(customerUserId);
      if (held) held.push(role);
      else byUser.set(customerUserId, [role]);
    }
    for (const held of byUser.values()) held.sort((one, other) => one.id - other.id);
    return byUser;
  }

  /** The codes of the roles of each of these customer users, in the order of the roles' ids, for thousands of people at once; none of who has none. */
  async codesOf(customerUserIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    const query = this.work
      .repository(CustomerUserRoleAssignment)
      .createQueryBuilder('held')
      .where(nearlyAmong('held.customerUserId', customerUserIds))
      .orderBy('held.customerUserId')
      .addOrderBy('held.roleId');
    const assignments = await readMembers<CustomerUserRoleAssignment>(query, ['customerUserId', 'roleId']);
    const roleIds = [...new Set(assignments.map(({ roleId }) => roleId))];
    const roles = await this.work.repository(CustomerUserRole).find({ select: { id: true, code: true }, where: { id: In(roleIds) } });
    // Most hold one role, and share the answer with all others who do.
    const alone = new Map(roles.map(({ id, code }) => [id, [code]]));
    const byUser = new Map<number, readonly string[]>();
    for (const { customerUserId, roleId } of assignments) {
      const held = byUser.get(customerUserId);
      const one = alone.get(roleId);
      if (one) byUser.set(customerUserId, held ? [...held, ...one] : one);
    }
    return byUser;
  }

  /** How many roles anybody holds who holds several, whoever may see him: each number once, the largest first. */
  async severalHeld(): Promise<number[]> {
    const counts = 'SELECT COUNT(*) AS roles FROM customer_user_role_assignments GROUP BY customer_user_id';
    const sql = `SELECT DISTINCT roles FROM (${counts}) counted WHERE roles > 1 ORDER BY roles DESC`;
    return (await this.work.manager.query<{ roles: number | string }[]>(sql)).map(({ roles }) => Number(roles));
  }

  /** All that a customer user's roles allow, added up. */
  async rightsOf(customerUserId: number): Promise<Rights> {
    const assignments = await this.work.repository(CustomerUserRoleAssignment).findBy({ customerUserId });
    const roles = await this.work.repository(CustomerUserRole).findBy({ id: In(assignments.map(({ roleId }) => roleId)) });
    return this.rights.together('storefront', roles);
  }

  /** Gives these roles, and takes all others. */
  async replace(customerUserId: number, roleIds: readonly number[]): Promise<void> {
    await this.replaceMany(new Map([[customerUserId, roleIds]]));
  }

  /** The same for many, in few statements. */
  async replaceMany(rolesByUser: ReadonlyMap<number, readonly number[]>): Promise<void> {
    const assignments = this.work.repository(CustomerUserRoleAssignment);
    if (rolesByUser.size === 0) return;
    await assignments.delete({ customerUserId: In([...rolesByUser.keys()]) });
    await this.give(rolesByUser);
    await this.events.record(new CustomerUserRolesChanged([...rolesByUser.keys()]));
  }

  /** To customer users who are new: nobody is told. */
  async give(rolesByUser: ReadonlyMap<number, readonly number[]>): Promise<void> {
    const rows = [...rolesByUser].flatMap(([customerUserId, roleIds]) => roleIds.map((roleId) => ({ customerUserId, roleId })));
    await insertMany(this.work.manager, CustomerUserRoleAssignment, rows).catch((error: unknown) => {
      throw isBrokenReference(error) ? new RoleGone() : error;
    });
  }
}
