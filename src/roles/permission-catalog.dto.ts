import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { type Level, LEVELS } from '../platform/context/index.js';
import { ACTIONS, type Action, PERMISSION_GROUPS, type PermissionGroup } from '../platform/authorization/index.js';

const EVERY_LEVEL = [...new Set([...LEVELS.backend, ...LEVELS.storefront])];

export class LevelView {
  @ApiProperty({ enum: EVERY_LEVEL })
  level: Level;
  label: string;
  description: string;
}

export class ActionView {
  @ApiProperty({ enum: ACTIONS })
  action: Action;
  label: string;
}

/** A cell of the matrix. */
export class PermissionCell {
  /** As scopes and explanations name it. */
  @ApiProperty({ example: 'customer_user:edit' })
  permission: string;
  label: string;
  /** The levels to choose from, least first. */
  @ApiProperty({ isArray: true, enum: EVERY_LEVEL })
  levels: readonly Level[];
}

/** A row of the matrix. */
export class EntityRow {
  @ApiProperty({ example: 'customer_user' })
  entity: string;
  label: string;
  description: string;
  /** By action; what an entity does not know is left out. */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(PermissionCell) } })
  actions: Partial<Record<Action, PermissionCell>>;
}

export class CapabilityRow {
  @ApiProperty({ example: 'update_own_profile' })
  capability: string;
  label: string;
  description: string;
}

export class PermissionGroupView {
  @ApiProperty({ enum: PERMISSION_GROUPS })
  group: PermissionGroup;
  @ApiProperty({ type: [EntityRow] })
  entities: EntityRow[];
  @ApiProperty({ type: [CapabilityRow] })
  capabilities: CapabilityRow[];
}

/** A whole matrix, in the order in which screens show it. */
export class PermissionCatalogView {
  /** Least first. */
  @ApiProperty({ type: [LevelView] })
  levels: LevelView[];
  /** The columns. */
  @ApiProperty({ type: [ActionView] })
  actions: ActionView[];
  @ApiProperty({ type: [PermissionGroupView] })
  groups: PermissionGroupView[];
}

export class PermissionCatalogsView {
  /** What roles of customer users can hold. */
  @ApiProperty({ type: PermissionCatalogView })
  storefront: PermissionCatalogView;
  /** What roles of console users can hold. */
  @ApiProperty({ type: PermissionCatalogView })
  backend: PermissionCatalogView;
}
