import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OrganizationChoice } from '../organizations/index.js';
import { type Permission, ReachedRows, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { UserRole } from './user-role.entity.js';
import { LabelTaken, SharedRoleKept, UserRoleInUse } from './user-roles.errors.js';
import { UserRolePermission } from './user-roles.permissions.js';
import { User } from './user.entity.js';

/** Everybody sees the roles that are for every organization; who acts everywhere changes them. */
@Injectable()
export class UserRolesRepository extends ReachedRows<UserRole> {
  constructor(
    work: UnitOfWork,
    context: CurrentContext,
    private readonly choice: OrganizationChoice,
  ) {
    super(work, context, {
      entity: UserRole,
      alias: 'role',
      view: UserRolePermission.view,
      columns: { organization: 'COALESCE(role.organizationId, :reachOrganization)' },
    });
  }

  override async getFor(id: number, permission: Permission): Promise<UserRole> {
    const role = await super.getFor(id, permission);
    if (role.organizationId === null && !this.choice.isFree(permission)) throw new SharedRoleKept(permission.name);
    return role;
  }

  /** Those of `ids` that users of the organization may have; whoever acts. */
  givable(ids: readonly number[], organizationId: number): Promise<UserRole[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : this.work.repository(UserRole).findBy({ id: In([...ids]), organizationKey: In([0, organizationId]) });
  }

  save(role: UserRole): Promise<UserRole> {
    return refusingDuplicates(this.work.manager, { uq_user_roles_label: () => new LabelTaken() }, () =>
      this.work.repository(UserRole).save(role),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(UserRole)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new UserRoleInUse() : error;
      });
  }

  /** How many users have each role, of those in the organizations where the caller sees roles. */
  async counts(ids: readonly number[]): Promise<Map<number, number>> {
    if (ids.length === 0) return new Map();
    const query = this.work.repository(User).createQueryBuilder('user');
    const rows = await within(query, this.context.principal(), UserRolePermission.view, { organization: 'user.organizationId' })
      .innerJoin('user_role_assignments', 'assignment', 'assignment.user_id = user.id AND assignment.role_id IN (:...ids)', {
        ids: [...ids],
      })
      .select('assignment.role_id', 'roleId')
      .addSelect('COUNT(*)', 'count')
      .groupBy('assignment.role_id')
      .getRawMany<{ roleId: number | string; count: number | string }>();
    return new Map(rows.map(({ roleId, count }) => [Number(roleId), Number(count)]));
  }
}
