import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, IsString } from 'class-validator';
import { IsIds, LeftOut } from '../../platform/http/index.js';

export const BULK_ACTIONS = ['enable', 'disable', 'delete', 'reset-password', 'assign-roles', 'remove-roles'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Customer users that one call may act on. */
export const MOST_AT_ONCE = 1000;

/** One act on many customer users, who are named by `ids`, or found by `filter`, `q` or both. */
export class BulkRequest {
  @IsIn(BULK_ACTIONS)
  @ApiProperty({ enum: BULK_ACTIONS, example: 'disable' })
  action: BulkAction;

  @LeftOut()
  @IsIds(MOST_AT_ONCE)
  @ApiProperty({ example: [11, 12] })
  ids?: number[];

  /** The filters of the list as JSON; refused when more than 1000 customer users fit. */
  @LeftOut()
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true, example: undefined })
  filter?: object;

  /** Words to search by, as in the list; alone, or beside a filter. */
  @LeftOut()
  @IsString()
  @ApiProperty({ example: undefined })
  q?: string;

  /** The roles to assign or remove; refused for other actions. */
  @LeftOut()
  @IsIds()
  @ApiProperty({ example: undefined })
  roleIds?: number[];
}

/** `unchanged`: he was so already. `skipped`: it is the caller himself. */
const BULK_STATUSES = ['done', 'unchanged', 'skipped', 'failed'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

export class BulkItem {
  @ApiProperty({ example: 11 })
  id: number;

  /** `unchanged`: it was so already; `skipped`: it is the caller himself. */
  @ApiProperty({ enum: BULK_STATUSES })
  status: BulkStatus;

  /** Why it failed or was skipped. */
  @ApiProperty({ type: 'string', nullable: true, example: null })
  code: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  detail: string | null;
}

export class BulkResult {
  @ApiProperty({ enum: BULK_ACTIONS })
  action: BulkAction;

  total: number;

  /** Done or unchanged. */
  succeeded: number;

  failed: number;

  /** The caller himself, whom a bulk never acts on. */
  skipped: number;

  /** In the order of `ids`; by id where they were found by a filter. */
  @ApiProperty({ type: [BulkItem] })
  items: BulkItem[];
}
