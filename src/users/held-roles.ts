import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { StoredRights } from '../platform/authorization/index.js';
import type { Rights } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { UserRole } from './user-role.entity.js';
import { UserRoleAssignment } from './user.entity.js';
import { RoleUnknown } from './users.errors.js';

/** Who has which role, and what he may do with them; whoever acts. */
@Injectable()
export class HeldRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly rights: StoredRights,
  ) {}

  /** The roles of each user, by role id. */
  async of(userIds: readonly number[]): Promise<Map<number, UserRole[]>> {
    const assignments = await this.work
      .repository(UserRoleAssignment)
      .find({ where: { userId: In([...userIds]) }, order: { roleId: 'ASC' } });
    const rows = await this.work.repository(UserRole).findBy({ id: In([...new Set(assignments.map(({ roleId }) => roleId))]) });
    const roles = new Map(rows.map((role) => [role.id, role]));
    return new Map(
      userIds.map((id) => [id, assignments.flatMap(({ userId, roleId }) => (userId === id ? (roles.get(roleId) ?? []) : []))]),
    );
  }

  /** All that the user's roles allow, added up. */
  async rightsOf(userId: number): Promise<Rights> {
    const roles = (await this.of([userId])).get(userId) ?? [];
    return this.rights.together('backend', roles);
  }

  /** Gives these roles, and takes all others. */
  async replace(userId: number, roleIds: readonly number[]): Promise<void> {
    const rows = this.work.repository(UserRoleAssignment);
    await rows.delete({ userId });
    if (roleIds.length === 0) return;
    await rows.insert(roleIds.map((roleId) => ({ userId, roleId }))).catch((error: unknown) => {
      // One was deleted since it was looked at.
      throw isBrokenReference(error) ? new RoleUnknown(roleIds, roleIds) : error;
    });
  }
}
