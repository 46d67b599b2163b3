import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { Clearable, IsId, IsIds, IsLine, LeftOut } from '../platform/http/index.js';

/** What a customer is created from. */
export class CustomerDraft {
  @IsLine(255)
  @ApiProperty({ example: 'Acme Industrial' })
  name: string;

  /** The customer that this one is a subsidiary of. */
  @Clearable()
  @IsId()
  @ApiProperty({ example: null, nullable: true })
  parentId?: number | null;

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
  internalRating?: number | null;

  /** The customer's id in another system; unique. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'ERP-1001', nullable: true })
  externalId?: string | null;
}

/** A member that is left out stays as it is; `null` clears it. */
export class CustomerChange extends PartialType(CustomerDraft, { skipNullProperties: false }) {}

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
  parent: CustomerSummary | null;
  ownerId: number | null;
  owner: CustomerPerson | null;
  salesRepresentativeIds: number[];
  salesRepresentatives: CustomerPerson[];
  internalRating: number | null;
  externalId: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
