import { ApiProperty } from '@nestjs/swagger';
import { IsIds } from '../../platform/http/index.js';

/** People of one request. */
const MOST_AT_ONCE = 1000;

export class RoleMembersDraft {
  /** Everybody who is to have the role, of those whom the caller may edit. */
  @IsIds(MOST_AT_ONCE)
  @ApiProperty({ example: [4, 8] })
  customerUserIds: number[];
}

export class RoleMembersView {
  @ApiProperty({ example: [4, 8] })
  customerUserIds: number[];
  /** How many did not have it before. */
  added: number;
  /** How many have it no more. */
  removed: number;
}
