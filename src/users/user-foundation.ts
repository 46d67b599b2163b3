import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { HeldRoles } from './held-roles.js';
import { PREDEFINED_ROLES } from './predefined-roles.js';
import { UserRole } from './user-role.entity.js';
import { UserRolesRepository } from './user-roles.repository.js';
import { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

interface FirstAdmin {
  organizationId: number;
  email: string;
  passwordHash: string;
}

/** Whom, and which roles, a fresh installation begins with. */
@Injectable()
export class UserFoundation {
  constructor(
    private readonly users: UsersRepository,
    private readonly roles: UserRolesRepository,
    private readonly held: HeldRoles,
    private readonly clock: Clock,
  ) {}

  async lay({ organizationId, email, passwordHash }: FirstAdmin): Promise<void> {
    const now = this.clock.now();
    const stamps = { createdAt: now, updatedAt: now };
    const add = (role: Pick<UserRole, 'label' | 'root' | 'matrix'>) =>
      this.roles.save(Object.assign(new UserRole(), { ...role, organizationId: null, organizationKey: 0, ...stamps }));
    const administrator = await add(PREDEFINED_ROLES.administrator);
    await add(PREDEFINED_ROLES.salesManager);
    await add(PREDEFINED_ROLES.salesRepresentative);
    const admin = {
      ...{ organizationId, email, emailKey: email.toLowerCase(), firstName: 'First', lastName: 'Administrator' },
      ...{ enabled: true, globalAccess: true, passwordHash, lastLoginAt: null, loginCount: 0, ...stamps },
    };
    const { id } = await this.users.save(Object.assign(new User(), admin));
    await this.held.replace(id, [administrator.id]);
  }
}
