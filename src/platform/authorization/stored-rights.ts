import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type Level, type PermissionMatrix, reaches, Rights, type Side } from '../context/index.js';
import { PermissionCatalog } from './permission-catalog.js';

/** As a role is stored: a level for everything, and what differs from it. */
export interface StoredMatrix {
  root: Level;
  matrix: PermissionMatrix;
}

/** The level of each side that a role with everything has. */
const WHOLE: Record<Side, Level> = { backend: 'global', storefront: 'hierarchy' };

/** Combinations of roles that are kept. */
const MOST_TOGETHER = 1_000;

/** What stored roles come to, over the catalog. */
@Injectable()
export class StoredRights {
  private readonly added = new Map<string, Rights>();

  constructor(private readonly catalog: PermissionCatalog) {}

  /**
   * Every entity, action and capability with what the role makes of it: its own matrix over its root. What the catalog does not know is
   * not obeyed, and a level that an entity does not offer is none.
   */
  of(side: Side, { root, matrix }: StoredMatrix): PermissionMatrix {
    const whole = this.catalog.matrix(side, root, root !== 'none');
    for (const { entity, levels } of this.catalog.entities(side)) {
      const actions = whole.permissions[entity] ?? {};
      for (const action of Object.keys(actions)) {
        const stored = matrix.permissions[entity]?.[action];
        if (stored !== undefined) actions[action] = levels[side]?.includes(stored) ? stored : 'none';
      }
    }
    for (const name of Object.keys(whole.capabilities))
      whole.capabilities[name] = matrix.capabilities[name] ?? whole.capabilities[name] ?? false;
    return whole;
  }

  /** What roles allow together. Who has the same roles shares them: they are much larger than all else that is remembered of a person. */
  together(side: Side, roles: readonly StoredMatrix[]): Rights {
    const key = JSON.stringify([side, ...roles.map(({ root, matrix }) => [root, matrix])]);
    const rights = this.added.get(key) ?? new Rights(roles.map((role) => this.of(side, role)));
    if (this.added.size >= MOST_TOGETHER) this.added.clear();
    this.added.set(key, rights);
    return rights;
  }

  /** What is kept of a role that is to allow this and nothing else. One that allows all there is allows all that will be. */
  kept(side: Side, given: PermissionMatrix): StoredMatrix {
    const whole = this.catalog.matrix(side, WHOLE[side], true);
    const isWhole =
      Object.entries(whole.permissions).every(([entity, actions]) =>
        Object.entries(actions).every(([action, level]) => reaches(given.permissions[entity]?.[action] ?? 'none', level)),
      ) && Object.keys(whole.capabilities).every((name) => given.capabilities[name] === true);
    if (isWhole) return { root: WHOLE[side], matrix: { permissions: {}, capabilities: {} } };
    return { root: 'none', matrix: { permissions: given.permissions, capabilities: given.capabilities } };
  }

  /** Whether `next` is no change of `role`: both allow the same, now and in later versions. */
  areSame(side: Side, role: StoredMatrix, next: StoredMatrix): boolean {
    return isDeepStrictEqual(this.of(side, role), this.of(side, next)) && (next.root !== WHOLE[side] || role.root === WHOLE[side]);
  }
}
