import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { type Level, LEVELS, type PermissionMatrix } from '../platform/context/index.js';

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
