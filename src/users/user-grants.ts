import { Injectable } from '@nestjs/common';
import { PasswordRules } from '../organizations/index.js';
import { StoredRights } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { Delegation, refuse } from './delegation.js';
import { HeldRoles } from './held-roles.js';
import type { RecordedUser } from './user-history.js';
import { UserRolesRepository } from './user-roles.repository.js';
import { GlobalAccessRequired, roleFaults } from './users.errors.js';
import type { UserRole } from './user-role.entity.js';

type Target = Pick<RecordedUser, 'organizationId' | 'globalAccess' | 'roleIds'>;

/** What may be given to a console user, and by whom. */
@Injectable()
export class UserGrants {
  constructor(
    private readonly context: CurrentContext,
    private readonly roles: UserRolesRepository,
    private readonly held: HeldRoles,
    private readonly rights: StoredRights,
    private readonly delegation: Delegation,
    private readonly passwordRules: PasswordRules,
  ) {}

  /** Throws `InvalidInput` with every fault, those that are known already as well, then what takes more than the caller has. */
  async refuse(after: Target, before: Target | undefined, password?: string, known: readonly MemberFault[] = []): Promise<void> {
    const roles = await this.roles.givable(after.roleIds, after.organizationId);
    const unknown = after.roleIds.filter((id) => !before?.roleIds.includes(id) && !roles.some((role) => role.id === id));
    const faults = [
      ...known,
      ...roleFaults(after.roleIds, unknown),
      ...(password === undefined ? [] : await this.passwordRules.faults(password, { organizationId: after.organizationId })),
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
    const newlyGlobal = after.globalAccess && !before?.globalAccess;
    if (newlyGlobal && !this.context.principal().globalAccess) throw new GlobalAccessRequired();
    const pointerTo = (id: number) => (before?.roleIds.includes(id) ? '/globalAccess' : `/roleIds/${after.roleIds.indexOf(id)}`);
    const given = roles.filter(({ id }) => newlyGlobal || !before?.roleIds.includes(id));
    refuse(given.flatMap((role) => this.beyondOwn([role], after.globalAccess, pointerTo(role.id))));
  }

  /** Refuses to let the caller act as somebody who may do more than himself: who sets a password, or an email, could. */
  async refuseAbove(target: Pick<Target, 'globalAccess'> & { id: number }, pointer: string): Promise<void> {
    const roles = (await this.held.of([target.id])).get(target.id) ?? [];
    refuse(this.beyondOwn(roles, target.globalAccess, pointer));
  }

  private beyondOwn(roles: readonly UserRole[], globalAccess: boolean, pointer: string) {
    return this.delegation.beyondOwn(
      roles.map((role) => this.rights.of('backend', role)),
      globalAccess,
      pointer,
    );
  }
}
