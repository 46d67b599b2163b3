import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsId, LeftOut } from '../../platform/http/index.js';
import { RoleDraft, RoleView } from '../../roles/index.js';

/** A role for the people of one customer; it allows nothing until its permissions are put. */
export class StorefrontRoleDraft extends PickType(RoleDraft, ['label']) {
  /** The caller's own customer when left out. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 12 })
  customerId?: number;
}

/** A member that is left out stays as it is. */
export class StorefrontRoleChange extends PartialType(PickType(RoleDraft, ['label']), { skipNullProperties: false }) {}

/** Left out, the label is that of the other role, and the customer the caller's own. */
export class StorefrontRoleClone extends PartialType(StorefrontRoleDraft, { skipNullProperties: false }) {}

/** For which customer a predefined role is edited. */
export class CopyFor {
  /** The caller's own customer when left out; without meaning for a role that is a customer's already. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  customerId?: number;
}

const SHOWN = ['id', 'code', 'label', 'customerId', 'selfManaged', 'userCount', 'createdAt', 'updatedAt', 'version'] as const;

/** A role as customer users see it. */
export class StorefrontRoleView extends PickType(RoleView, SHOWN) {}
