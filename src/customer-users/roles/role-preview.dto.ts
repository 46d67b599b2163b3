import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import type { Level } from '../../platform/context/index.js';
import { IsId, LeftOut } from '../../platform/http/index.js';

const HELD = { oneOf: [{ type: 'string' }, { type: 'boolean' }], example: 'customer' };

export class PreviewQuery {
  /** How many of the people whom it touches are shown. */
  @LeftOut()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  @ApiProperty({ minimum: 1, maximum: 1000, default: 100 })
  limit?: number;

  /** The id of the last one shown: the next ones are. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  after?: number;
}

/** A permission at a level, or a capability that is on or off, before and after. */
export class RightChange {
  @ApiProperty({ example: 'customer_user:edit' })
  permission: string;
  @ApiProperty(HELD)
  from: Level | boolean;
  @ApiProperty(HELD)
  to: Level | boolean;
}

export class RightChangeCount extends RightChange {
  /** How many customer users come from one to the other. */
  customerUsers: number;
}

export class PreviewedPerson {
  id: number;
  fullName: string;
  email: string;
  customerId: number;
  @ApiProperty({ type: [RightChange] })
  gains: RightChange[];
  @ApiProperty({ type: [RightChange] })
  losses: RightChange[];
}

export class PreviewCounts {
  /** Who has the role, of those whom the caller sees. */
  total: number;
  /** Of these, who gains anything, and who loses anything; somebody may do both. */
  gaining: number;
  losing: number;
  unchanged: number;
}

/** What a matrix would make of the people who have the role, whatever else their other roles allow them. */
export class RolePreviewView {
  @ApiProperty({ type: PreviewCounts })
  counts: PreviewCounts;
  @ApiProperty({ type: [RightChangeCount] })
  gains: RightChangeCount[];
  @ApiProperty({ type: [RightChangeCount] })
  losses: RightChangeCount[];
  /** Those who gain or lose something, by id. */
  @ApiProperty({ type: [PreviewedPerson] })
  customerUsers: PreviewedPerson[];
  /** Give it as `after` for the next ones; `null` when there are no more. */
  @ApiProperty({ type: 'integer', nullable: true })
  next: number | null;
}
