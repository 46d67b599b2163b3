import { Injectable } from '@nestjs/common';
import { AboveOwnRights, type Excess, excessOf, excessOver, type Holds } from '../platform/authorization/index.js';
import { CurrentContext, type Level, type PermissionMatrix, reaches, Rights } from '../platform/context/index.js';

/** The global level is worth what organization is, for who has no global access. */
const worth = (level: Level, globalAccess: boolean): Level => (level === 'global' && !globalAccess ? 'organization' : level);

/** Nobody gives more than he holds himself, through a role or to a user. */
@Injectable()
export class Delegation {
  constructor(private readonly context: CurrentContext) {}

  /** Refuses a role that comes to allow more than the caller holds; what it allowed before stays. Throws `AboveOwnRights`. */
  refuseRole(given: PermissionMatrix, before: PermissionMatrix): void {
    refuse(excessOver(before, given, this.holds(true)));
  }

  /** What the roles would give to a user, with global access or without, beyond what the caller holds. */
  beyondOwn(roles: readonly PermissionMatrix[], globalAccess: boolean, pointer: string): Excess[] {
    return excessOf(new Rights(roles).toMatrix(), this.holds(globalAccess)).map(({ right }) => ({ pointer, right }));
  }

  private holds(globally: boolean): Holds {
    const { rights, globalAccess } = this.context.principal();
    return (name, level) => (level ? reaches(worth(rights.level(name), globalAccess), worth(level, globally)) : rights.holds(name));
  }
}

/** Throws `AboveOwnRights` when there is any. */
export function refuse(excess: readonly Excess[]): void {
  if (excess.length > 0) throw new AboveOwnRights('user_roles.above_own_rights', excess);
}
