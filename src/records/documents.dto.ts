import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, isISO4217CurrencyCode, IsObject, isURL, Max, Min, ValidateBy, ValidateNested } from 'class-validator';
import { Clearable, IsId, IsInstant, IsLine } from '../platform/http/index.js';
import type { DocumentEntity } from './document-kinds.js';

const IsCurrency = () =>
  ValidateBy({
    name: 'notACurrency',
    validator: { validate: isISO4217CurrencyCode, defaultMessage: () => '$property must be a currency of ISO 4217, such as EUR' },
  });

const IsLink = () =>
  ValidateBy({
    name: 'notAUrl',
    validator: {
      validate: (value) =>
        typeof value === 'string' && isURL(value, { protocols: ['http', 'https'], require_protocol: true, require_tld: false }),
      defaultMessage: () => '$property must be an http or https address',
    },
  });

/** An amount of money. */
export class Money {
  /** In minor units: 12.50 EUR is 1250. */
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  @ApiProperty({ type: 'integer', minimum: 0, example: 125_000 })
  amount: number;

  /** ISO 4217. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsCurrency()
  @ApiProperty({ example: 'EUR', minLength: 3, maxLength: 3 })
  currency: string;
}

/** A whole document: what is left out is cleared. */
export class DocumentDraft {
  /** Whose document it is. */
  @IsId()
  @ApiProperty({ example: 1 })
  customerId: number;

  /** Who at the customer it is of, where that is somebody. */
  @Clearable()
  @IsId()
  @ApiProperty({ example: 1, nullable: true })
  customerUserId?: number | null;

  /** By which people know the document. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'SO-2026-0815', nullable: true })
  number?: string | null;

  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'Spare parts for hall 3', nullable: true })
  name?: string | null;

  /** In the words of the system that the document lives in. */
  @Clearable()
  @IsLine(60)
  @ApiProperty({ example: 'shipped', nullable: true })
  status?: string | null;

  @Clearable()
  @IsObject()
  @ValidateNested()
  @Type(() => Money)
  @ApiProperty({ type: () => Money, nullable: true })
  total?: Money | null;

  /** When it was placed, made or begun. Left out: stays as it is, and with a new document is the present. */
  @Clearable()
  @IsInstant()
  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-03-01T09:30:00.000Z', nullable: true })
  placedAt?: string | null;

  /** Where people find the document. */
  @Clearable()
  @IsLine(500)
  @IsLink()
  @ApiProperty({ type: 'string', format: 'uri', maxLength: 500, example: 'https://shop.example/orders/4711', nullable: true })
  url?: string | null;
}

export class DocumentCustomer {
  id: number;
  name: string;
}

export class DocumentPerson {
  id: number;
  fullName: string;
}

export class DocumentView {
  id: number;
  organizationId: number;
  @ApiProperty({ enum: ['order', 'quote', 'quote_request', 'shopping_list'] })
  kind: DocumentEntity;
  externalId: string;
  customerId: number;
  customer: DocumentCustomer;
  customerUserId: number | null;
  @ApiProperty({ type: () => DocumentPerson, nullable: true })
  customerUser: DocumentPerson | null;
  number: string | null;
  name: string | null;
  status: string | null;
  @ApiProperty({ type: () => Money, nullable: true })
  total: Money | null;
  placedAt: Date;
  url: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
