import { ApiProperty, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import type { Level } from '../platform/context/index.js';
import { IsEmailAddress, IsId, IsIds, IsLine, LeftOut } from '../platform/http/index.js';
import { UserRoleSummary } from './user-roles.dto.js';

export class UserDraft {
  /** Unique over all organizations, in any case. */
  @IsEmailAddress()
  @ApiProperty({ example: 'sam.miller@merchant.example' })
  email: string;

  @IsLine(255)
  @ApiProperty({ example: 'Sam' })
  firstName: string;

  @IsLine(255)
  @ApiProperty({ example: 'Miller' })
  lastName: string;

  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: true })
  enabled?: boolean;

  /** Roles of his organization, or of every organization, that allow no more than the caller may do. */
  @LeftOut()
  @IsIds()
  @ApiProperty({ example: [2] })
  roleIds?: number[];

  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;

  /** May see and act in every organization, as far as his roles reach globally. Takes global access to give. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  globalAccess?: boolean;

  /** Held to the rules of the organization. Without one he cannot log in. */
  @LeftOut()
  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password', example: undefined })
  password?: string;
}

/** A member that is left out stays as it is. */
export class UserChange extends PartialType(OmitType(UserDraft, ['organizationId']), { skipNullProperties: false }) {}

/** What everybody changes of himself. */
export class OwnNames extends PartialType(PickType(UserDraft, ['firstName', 'lastName']), { skipNullProperties: false }) {}

/** A console user by id and name, as others show him. */
export class UserSummary {
  id: number;
  fullName: string;
}

export class UserView {
  id: number;
  organizationId: number;
  email: string;
  firstName: string;
  lastName: string;
  fullName: string;
  enabled: boolean;
  globalAccess: boolean;
  roles: UserRoleSummary[];
  /** Without one he cannot log in. */
  hasPassword: boolean;
  lastLoginAt: Date | null;
  loginCount: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class MeView extends UserView {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    example: { customer_user: { view: 'organization' } },
  })
  permissions: Record<string, Record<string, Level>>;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'boolean' }, example: { import: true } })
  capabilities: Record<string, boolean>;
}
