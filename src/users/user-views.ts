import { Injectable } from '@nestjs/common';
import { HeldRoles } from './held-roles.js';
import type { User } from './user.entity.js';
import type { UserView } from './users.dto.js';

export const fullNameOf = ({ firstName, lastName }: Pick<User, 'firstName' | 'lastName'>): string => `${firstName} ${lastName}`;

/** Console users as clients see them. */
@Injectable()
export class UserViews {
  constructor(private readonly held: HeldRoles) {}

  async of(row: User): Promise<UserView> {
    const [view] = await this.ofAll([row]);
    return view as UserView;
  }

  async ofAll(rows: readonly User[]): Promise<UserView[]> {
    const roles = await this.held.of(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organizationId,
      email: row.email,
      firstName: row.firstName,
      lastName: row.lastName,
      fullName: fullNameOf(row),
      enabled: row.enabled,
      globalAccess: row.globalAccess,
      roles: (roles.get(row.id) ?? []).map(({ id, label }) => ({ id, label })),
      hasPassword: row.passwordHash !== null,
      lastLoginAt: row.lastLoginAt,
      loginCount: row.loginCount,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: row.version,
    }));
  }
}
