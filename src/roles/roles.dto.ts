import { ApiHideProperty, ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsObject, Matches } from 'class-validator';
import { type Level, LEVELS, type PermissionMatrix } from '../platform/context/index.js';
import { Clearable, IsId, IsLine, LeftOut } from '../platform/http/index.js';

const CODE = /^ROLE_FRONTEND_[A-Z0-9_]+$/;

class RoleMembers {
  @IsLine(255, 3)
  @ApiProperty({ example: 'Purchasing manager' })
  label: string;

  /** The one customer whose people may have it; `null`: predefined, for every customer. */
  @Clearable()
  @IsId()
  @ApiProperty({ nullable: true, example: null })
  customerId?: number | null;

  /** Customers may change it for themselves. */
  @LeftOut()
  @IsBoolean()
  selfManaged?: boolean;

  /** Shown to customers. */
  @LeftOut()
  @IsBoolean()
  public?: boolean;

  /** What files name it by: `ROLE_FRONTEND_` and capital letters, digits and underscores. */
  @LeftOut()
  @IsLine(255)
  @Matches(CODE, { message: '$property must be ROLE_FRONTEND_ and capital letters, digits and underscores' })
  @ApiProperty({ pattern: CODE.source, example: 'ROLE_FRONTEND_PURCHASING' })
  code?: string;
}

export class RoleDraft extends RoleMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is. */
export class RoleChange extends PartialType(RoleMembers, { skipNullProperties: false }) {}

export class RoleClone extends PartialType(PickType(RoleMembers, ['label', 'customerId']), { skipNullProperties: false }) {}

export class RoleSummary {
  id: number;
  code: string;
  label: string;
}

export class RoleView {
  id: number;
  organizationId: number;
  code: string;
  label: string;
  /** `null`: predefined, for every customer. */
  customerId: number | null;
  /** Customers may change it for themselves. */
  selfManaged: boolean;
  /** Shown to customers. */
  public: boolean;
  /** How many customer users have it, of those whose customers' roles the caller sees. */
  userCount: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const PERMISSIONS = {
  type: 'object' as const,
  additionalProperties: { type: 'object', additionalProperties: { type: 'string', enum: [...LEVELS.storefront] } },
  example: { customer_user: { view: 'customer', create: 'none' } },
};

const CAPABILITIES = { type: 'object' as const, additionalProperties: { type: 'boolean' }, example: { update_own_profile: true } };

/** All that a role allows; what is left out it does not allow. */
export class RoleMatrix implements PermissionMatrix {
  /** A level per entity and action. */
  @IsObject()
  @ApiProperty(PERMISSIONS)
  permissions: Record<string, Record<string, Level>>;

  @IsObject()
  @ApiProperty(CAPABILITIES)
  capabilities: Record<string, boolean>;
}

/** A whole permission matrix: a level per entity and action, and switches. */
export class MatrixView implements PermissionMatrix {
  @ApiProperty(PERMISSIONS)
  permissions: Record<string, Record<string, Level>>;

  @ApiProperty(CAPABILITIES)
  capabilities: Record<string, boolean>;
}

/** The whole matrix of a role, as a client may send it back. */
export class RoleMatrixView extends MatrixView {
  readonly #version: number;

  constructor(matrix: PermissionMatrix, version: number) {
    super();
    Object.assign(this, matrix);
    this.#version = version;
  }

  /** The role's, for the `ETag`; no member of what is sent. */
  @ApiHideProperty()
  get version(): number {
    return this.#version;
  }
}
