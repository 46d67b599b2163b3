import { Injectable } from '@nestjs/common';
import { CurrentContext, type Level, type PermissionMatrix, reaches, Rights } from '../platform/context/index.js';
import { AboveOwnRights, type Excess } from './user-roles.errors.js';

/** The global level is worth what organization is, for who has no global access. */
const worth = (level: Level, globalAccess: boolean): Level => (level === 'global' && !globalAccess ? 'organization' : level);

/** Nobody gives more than he holds himself, through a role or to a user. */
@Injectable()
export class Delegation {
  constructor(private readonly context: CurrentContext) {}

  /** Refuses a role that comes to allow more than the caller holds; what it allowed before stays. Throws `AboveOwnRights`. */
  refuseRole(given: PermissionMatrix, before: PermissionMatrix): void {
    const held = new Rights([before]);
    const excess = this.excess(given, true).filter(({ name, level }) => (level ? !reaches(held.level(name), level) : !held.holds(name)));
    refuse(excess.map(({ pointer, right }) => ({ pointer, right })));
  }

  /** What the roles would give to a user, with global access or without, beyond what the caller holds. */
  beyondOwn(roles: readonly PermissionMatrix[], globalAccess: boolean, pointer: string): Excess[] {
    return this.excess(new Rights(roles).toMatrix(), globalAccess).map(({ right }) => ({ pointer, right }));
  }

  private excess({ permissions, capabilities }: PermissionMatrix, globally: boolean) {
    const { rights, globalAccess } = this.context.principal();
    const levels = Object.entries(permissions).flatMap(([entity, actions]) =>
      Object.entries(actions).flatMap(([action, level]) => {
        const name = `${entity}:${action}`;
        if (reaches(worth(rights.level(name), globalAccess), worth(level, globally))) return [];
        return [{ name, level, right: `${name} at ${level}`, pointer: `/permissions/${entity}/${action}` }];
      }),
    );
    const switches = Object.entries(capabilities).flatMap(([name, on]) =>
      on && !rights.holds(name) ? [{ name, level: undefined, right: name, pointer: `/capabilities/${name}` }] : [],
    );
    return [...levels, ...switches];
  }
}

/** Throws `AboveOwnRights` when there is any. */
export function refuse(excess: readonly Excess[]): void {
  if (excess.length > 0) throw new AboveOwnRights(excess);
}
