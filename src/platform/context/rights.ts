/** The two APIs, and the audience of the tokens that each accepts. */
export type Side = 'backend' | 'storefront';

/** How far a permission reaches, least first, per side. */
export const LEVELS = {
  backend: ['none', 'own', 'organization', 'global'],
  storefront: ['none', 'own', 'customer', 'hierarchy', 'full'],
} as const;

export type Level = (typeof LEVELS)[Side][number];

/** What one role, or several added up, may do: levels per entity and action, and switches. */
export interface PermissionMatrix {
  permissions: Record<string, Record<string, Level>>;
  capabilities: Record<string, boolean>;
}

const RANK: Record<Level, number> = { none: 0, own: 1, customer: 2, organization: 2, hierarchy: 3, global: 3, full: 4 };

/** True when `level` reaches at least as far as `other`. */
export const reaches = (level: Level, other: Level): boolean => RANK[level] >= RANK[other];

const MOST_CUTS = 100;

/** Effective rights: the union of several matrices, in which the most permissive wins and nothing denies. */
export class Rights {
  private readonly levels = new Map<string, Level>();
  private readonly switches = new Set<string>();
  /** By the scopes that it was cut to: tokens of one application have the same. */
  private readonly cuts = new Map<string, Rights>();

  constructor(matrices: readonly PermissionMatrix[]) {
    for (const matrix of matrices) this.add(matrix);
  }

  /** The level at which `permission`, such as `customer_user:edit`, is held. */
  level(permission: string): Level {
    return this.levels.get(permission) ?? 'none';
  }

  holds(permission: string): boolean {
    return this.level(permission) !== 'none' || this.switches.has(permission);
  }

  /** Whether they go as far: a permission held at this level or beyond, a capability where no level is named. */
  allows(name: string, level?: Level): boolean {
    return level === undefined ? this.holds(name) : reaches(this.level(name), level);
  }

  /** What is left of them within scopes, which name permissions and capabilities. */
  cutTo(scopes: readonly string[]): Rights {
    const key = scopes.join(' ');
    const cut = this.cuts.get(key) ?? this.cut(scopes);
    if (this.cuts.size >= MOST_CUTS) this.cuts.clear();
    this.cuts.set(key, cut);
    return cut;
  }

  private cut(scopes: readonly string[]): Rights {
    const { permissions, capabilities } = this.toMatrix();
    const cut: PermissionMatrix = { permissions: {}, capabilities: {} };
    for (const scope of scopes) {
      const [entity = '', action = ''] = scope.split(':');
      const level = permissions[entity]?.[action];
      if (level) (cut.permissions[entity] ??= {})[action] = level;
      if (capabilities[scope]) cut.capabilities[scope] = true;
    }
    return new Rights([cut]);
  }

  /** The union as a matrix. */
  toMatrix(): PermissionMatrix {
    const matrix: PermissionMatrix = { permissions: {}, capabilities: Object.fromEntries([...this.switches].map((name) => [name, true])) };
    for (const [permission, level] of this.levels) {
      const [entity = '', action = ''] = permission.split(':');
      (matrix.permissions[entity] ??= {})[action] = level;
    }
    return matrix;
  }

  private add({ permissions, capabilities }: PermissionMatrix): void {
    for (const [entity, actions] of Object.entries(permissions)) {
      for (const [action, level] of Object.entries(actions)) {
        const name = `${entity}:${action}`;
        if (!reaches(this.level(name), level)) this.levels.set(name, level);
      }
    }
    for (const [name, on] of Object.entries(capabilities)) if (on) this.switches.add(name);
  }
}
