import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { type FieldValues, type GivenValues, IsCustomFields } from '../custom-fields/index.js';
import { Clearable, IsId, IsIds, IsLine, LeftOut } from '../platform/http/index.js';

/** Levels of a tree in one answer: deeper ones cannot be written as JSON. */
export const MOST_LEVELS = 1_000;

/** What a customer may be given. */
class CustomerMembers {
  @IsLine(255)
  @ApiProperty({ example: 'Acme Industrial' })
  name: string;

  /** The customer that this one is a subsidiary of. */
  @Clearable()
  @IsId()
  @ApiProperty({ example: null, nullable: true })
  parentId?: number | null;

  @Clearable()
  @IsId()
  @ApiProperty({ example: null, nullable: true })
  groupId?: number | null;

  /** The console user who is responsible; the creator when left out. */
  @Clearable()
  @IsId()
  @ApiProperty({ example: 1, nullable: true })
  ownerId?: number | null;

  @LeftOut()
  @IsIds()
  @ApiProperty({ example: [1] })
  salesRepresentativeIds?: number[];

  @Clearable()
  @IsInt()
  @Min(1)
  @Max(5)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 5, nullable: true, example: 4 })
  internalRating?: number | null;

  /** The customer's id in another system; unique. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'ERP-1001', nullable: true })
  externalId?: string | null;

  /** Values by the names of the organization's custom fields; one that is left out stays, `null` clears it. */
  @LeftOut()
  @IsCustomFields()
  customFields?: GivenValues;
}

/** What a customer is created from. */
export class CustomerDraft extends CustomerMembers {
  /** Left out: the caller's own. Another one takes global access. */
  @LeftOut()
  @IsId()
  organizationId?: number;
}

/** A member that is left out stays as it is; `null` clears it. */
export class CustomerChange extends PartialType(CustomerMembers, { skipNullProperties: false }) {}

export class CustomerSummary {
  id: number;
  name: string;
}

export class CustomerPerson {
  id: number;
  fullName: string;
}

export class CustomerView {
  id: number;
  organizationId: number;
  name: string;
  parentId: number | null;
  /** `null` also for one that the caller may not see. */
  parent: CustomerSummary | null;
  groupId: number | null;
  group: CustomerSummary | null;
  ownerId: number | null;
  owner: CustomerPerson | null;
  salesRepresentativeIds: number[];
  salesRepresentatives: CustomerPerson[];
  internalRating: number | null;
  externalId: string | null;
  /** Every custom field of the organization, by name. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { Region: 'North' } })
  customFields: FieldValues;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** How far down a tree is read. */
export class TreeReading {
  /** Levels below the customer; 0 is the customer alone. Left out: all. */
  @LeftOut()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value))
  @IsInt()
  @Min(0)
  @Max(MOST_LEVELS)
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST_LEVELS })
  depth?: number;
}

/** A customer with those below it. */
export class CustomerNode {
  id: number;
  name: string;
  parentId: number | null;
  /** Steps below the customer at the top of the answer. */
  depth: number;
  /** By name. One whose parent the caller may not see is below the nearest customer above that he may see. */
  @ApiProperty({ type: () => [CustomerNode] })
  children: CustomerNode[];
}
