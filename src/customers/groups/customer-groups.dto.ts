import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsId, IsLine, LeftOut } from '../../platform/http/index.js';

class CustomerGroupMembers {
  /** Unique in the organization. */
  @IsLine(255)
  @ApiProperty({ example: 'Wholesale' })
  name: string;
}

/** What a customer group is created from. */
export class CustomerGroupDraft extends CustomerGroupMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is. */
export class CustomerGroupChange extends PartialType(CustomerGroupMembers, { skipNullProperties: false }) {}

export class CustomerGroupView {
  id: number;
  organizationId: number;
  name: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
