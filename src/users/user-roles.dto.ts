import { ApiHideProperty, ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { type Level, LEVELS, type PermissionMatrix } from '../platform/context/index.js';
import { Clearable, IsId, IsLine, LeftOut } from '../platform/http/index.js';

export class UserRoleDraft {
  @IsLine(255)
  @ApiProperty({ example: 'Customer service' })
  label: string;

  /**
   * Whose users may have it; `null`: those of every organization. Left out: `null` for who may create roles everywhere, for others their
   * own. Anything but the own takes global access.
   */
  @Clearable()
  @IsId()
  @ApiProperty({ nullable: true, example: 1 })
  organizationId?: number | null;
}

export class UserRoleChange {
  @LeftOut()
  @IsLine(255)
  @ApiProperty({ example: 'Customer service' })
  label?: string;
}

export class UserRoleSummary {
  id: number;
  label: string;
}

export class UserRoleView extends UserRoleSummary {
  /** `null`: for users of every organization. */
  @ApiProperty({ type: 'integer', nullable: true })
  organizationId: number | null;
  /** Holds everything, also what later versions bring. */
  everything: boolean;
  /** How many have it, of those whom the caller's organizations have. */
  userCount: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const PERMISSIONS = {
  type: 'object' as const,
  additionalProperties: { type: 'object', additionalProperties: { type: 'string', enum: [...LEVELS.backend] } },
  example: { customer: { view: 'organization', edit: 'own' } },
};

const CAPABILITIES = { type: 'object' as const, additionalProperties: { type: 'boolean' }, example: { import: true } };

/** All that a role allows; what is left out it does not allow. */
export class UserRoleMatrix implements PermissionMatrix {
  /** A level per entity and action. */
  @IsObject()
  @ApiProperty(PERMISSIONS)
  permissions: Record<string, Record<string, Level>>;

  @IsObject()
  @ApiProperty(CAPABILITIES)
  capabilities: Record<string, boolean>;
}

/** The whole matrix of a role, as a client may send it back. */
export class UserRoleMatrixView implements PermissionMatrix {
  @ApiProperty(PERMISSIONS)
  readonly permissions: Record<string, Record<string, Level>>;

  @ApiProperty(CAPABILITIES)
  readonly capabilities: Record<string, boolean>;

  readonly #version: number;

  constructor({ permissions, capabilities }: PermissionMatrix, version: number) {
    this.permissions = permissions;
    this.capabilities = capabilities;
    this.#version = version;
  }

  /** The role's, for the `ETag`; no member of what is sent. */
  @ApiHideProperty()
  get version(): number {
    return this.#version;
  }
}
