import { type Level, LEVELS, type Side } from '../context/index.js';

export const ACTIONS = ['view', 'create', 'edit', 'delete', 'assign'] as const;
export type Action = (typeof ACTIONS)[number];

/** Under what screens show an entity or a capability, in this order. */
export const PERMISSION_GROUPS = ['Customers', 'Documents', 'Consents', 'Notifications', 'Access', 'Setup'] as const;
export type PermissionGroup = (typeof PERMISSION_GROUPS)[number];

/** Something that a route, or a token's scope, can ask for: `customer_user:edit`, or the name of a capability. */
export interface Permission {
  readonly name: string;
  readonly label: string;
}

export interface EntityPermission extends Permission {
  readonly entity: string;
  readonly action: Action;
}

interface EntityDefinition<A extends Action> {
  group: PermissionGroup;
  label: string;
  description: string;
  actions: readonly A[];
  /** The levels that make sense per side; a side left out cannot hold the permission at all. */
  levels: { readonly [S in Side]?: readonly Level[] };
}

/** What a feature contributes to the permission catalog: an entity with its actions and levels. */
export class EntityPermissions {
  constructor(
    readonly entity: string,
    readonly group: PermissionGroup,
    readonly label: string,
    readonly description: string,
    readonly permissions: readonly EntityPermission[],
    readonly levels: { readonly [S in Side]?: readonly Level[] },
  ) {}
}

/** A switch, such as `import`, that a role has or has not. */
export class Capability implements Permission {
  constructor(
    readonly name: string,
    readonly group: PermissionGroup,
    readonly label: string,
    readonly description: string,
    readonly sides: readonly Side[],
  ) {}
}

/** All levels of a side: for entities that belong to somebody. */
export const EVERY_LEVEL = { backend: LEVELS.backend, storefront: ['none', 'own', 'customer', 'hierarchy'] } as const satisfies Record<
  Side,
  readonly Level[]
>;

/** Defines the permissions of an entity; the module adds them to the catalog with {@link contributePermissions}. */
export function definePermissions<A extends Action>(
  entity: string,
  { group, label, description, actions, levels }: EntityDefinition<A>,
): Readonly<Record<A, EntityPermission>> & { readonly catalogEntry: EntityPermissions } {
  const permissions: EntityPermission[] = actions.map((action) => ({
    name: `${entity}:${action}`,
    entity,
    action,
    label: `${label}: ${action}`,
  }));
  return Object.assign(
    Object.fromEntries(permissions.map((permission) => [permission.action, permission])) as Record<A, EntityPermission>,
    { catalogEntry: new EntityPermissions(entity, group, label, description, permissions, levels) },
  );
}

interface CapabilityDefinition {
  group: PermissionGroup;
  label: string;
  description: string;
  sides: readonly Side[];
}

export const defineCapability = (name: string, { group, label, description, sides }: CapabilityDefinition): Capability =>
  new Capability(name, group, label, description, sides);

/** The providers with which a module adds permissions and capabilities to the catalog. */
export const contributePermissions = (...contributed: ({ readonly catalogEntry: EntityPermissions } | Capability)[]) =>
  contributed.map((entry) => {
    const value = entry instanceof Capability ? entry : entry.catalogEntry;
    return { provide: `permissions:${value instanceof Capability ? value.name : value.entity}`, useValue: value };
  });
