import { Injectable } from '@nestjs/common';
import { PermissionCatalog } from '../platform/authorization/index.js';
import { type PermissionMatrix, reaches } from '../platform/context/index.js';
import type { UserRole } from './user-role.entity.js';

/** What the roles of console users come to, over the catalog. */
@Injectable()
export class EffectiveRights {
  constructor(private readonly catalog: PermissionCatalog) {}

  /** Every entity, action and capability with what the role makes of it: its own matrix over its root. */
  of({ root, matrix }: Pick<UserRole, 'root' | 'matrix'>): PermissionMatrix {
    const base = this.catalog.matrix('backend', root, root !== 'none');
    for (const [entity, actions] of Object.entries(base.permissions))
      for (const action of Object.keys(actions)) actions[action] = matrix.permissions[entity]?.[action] ?? actions[action] ?? 'none';
    for (const name of Object.keys(base.capabilities))
      base.capabilities[name] = matrix.capabilities[name] ?? base.capabilities[name] ?? false;
    return base;
  }

  /** What is kept of a role that is to allow this and nothing else. One that allows all there is allows all that will be. */
  kept(given: PermissionMatrix): Pick<UserRole, 'root' | 'matrix'> {
    const whole = this.catalog.matrix('backend', 'global', true);
    const isWhole =
      Object.entries(whole.permissions).every(([entity, actions]) =>
        Object.entries(actions).every(([action, level]) => reaches(given.permissions[entity]?.[action] ?? 'none', level)),
      ) && Object.keys(whole.capabilities).every((name) => given.capabilities[name] === true);
    if (isWhole) return { root: 'global', matrix: { permissions: {}, capabilities: {} } };
    return { root: 'none', matrix: { permissions: given.permissions, capabilities: given.capabilities } };
  }
}
