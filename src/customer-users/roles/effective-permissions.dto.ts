import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';
import { CustomerSummary } from '../../customers/index.js';
import type { Level } from '../../platform/context/index.js';
import { IsId, LeftOut } from '../../platform/http/index.js';
import { MatrixView, RoleSummary } from '../../roles/index.js';
import type { Obstacle } from '../acting-person.js';
import { RELATIONS, type Relation } from '../relations.js';

const HELD = { oneOf: [{ type: 'string' }, { type: 'boolean' }], example: 'customer' };
const OBSTACLES: Obstacle[] = ['disabled', 'unconfirmed', 'password_reset', 'guest', 'organization_disabled'];

export class ExplainQuery {
  /** The permission or capability that is to be explained. */
  @LeftOut()
  @IsString()
  @MaxLength(100)
  @ApiProperty({ example: 'customer_user:edit' })
  explain?: string;

  /** Whose record he would act on; or that of a customer. */
  @LeftOut()
  @Type(() => Number)
  @IsId()
  customerUserId?: number;

  @LeftOut()
  @Type(() => Number)
  @IsId()
  customerId?: number;
}

export class GrantingRole extends RoleSummary {
  /** The level at which it gives the permission; whether it has the capability. */
  @ApiProperty(HELD)
  level: Level | boolean;
}

/** What he would act on, and how he gets there. */
export class ExplainedTarget {
  @ApiProperty({ type: 'integer', nullable: true })
  customerUserId: number | null;
  customerId: number;
  @ApiProperty({ enum: RELATIONS })
  relation: Relation;
  /** From his own customer, step by step through the tree, to the one that the target belongs to; empty where no way leads there. */
  @ApiProperty({ type: [CustomerSummary] })
  path: CustomerSummary[];
}

/** The least that would have to be added. */
export class MissingRight {
  @ApiProperty({ example: 'customer_user:edit' })
  permission: string;
  @ApiProperty(HELD)
  level: Level | boolean;
  /** Roles that he may have and that give it. */
  @ApiProperty({ type: [GrantingRole] })
  roles: GrantingRole[];
}

export class ExplanationView {
  @ApiProperty({ example: 'customer_user:edit' })
  permission: string;
  granted: boolean;
  /** As all of his roles together give it. */
  @ApiProperty(HELD)
  level: Level | boolean;
  /** Those of his roles that give it, the one that reaches furthest first. */
  @ApiProperty({ type: [GrantingRole] })
  roles: GrantingRole[];
  @ApiProperty({ type: ExplainedTarget, nullable: true })
  target: ExplainedTarget | null;
  /** What refuses it where no level would: nobody acts on himself, no customer user sees guests, and no level reaches there. */
  @ApiProperty({ enum: ['self', 'guest', 'out_of_reach'], nullable: true })
  rule: 'self' | 'guest' | 'out_of_reach' | null;
  @ApiProperty({ type: MissingRight, nullable: true })
  missing: MissingRight | null;
}

export class EffectivePermissionsView extends MatrixView {
  /** What keeps him from acting at all, whatever his roles allow. */
  @ApiProperty({ enum: OBSTACLES, nullable: true })
  obstacle: Obstacle | null;
  @ApiProperty({ type: [RoleSummary] })
  roles: RoleSummary[];
  @ApiProperty({ type: ExplanationView, nullable: true })
  explanation: ExplanationView | null;
}
