import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import { Clearable, IsFlatList, IsId, IsLine, IsPhone, LeftOut } from '../../platform/http/index.js';

export const ADDRESS_TYPES = ['billing', 'shipping'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

/** What an address is good for. */
export class AddressUse {
  @IsIn(ADDRESS_TYPES)
  @ApiProperty({ enum: ADDRESS_TYPES })
  type: AddressType;

  /** The one of its book that is offered first; a new one un-sets the old one. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  default?: boolean;
}

/** The members of an address. What is required is checked with the other rules of addresses, which look at several members. */
export class AddressDraft {
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: 'Head office' })
  label?: string | null;

  @Clearable()
  @IsLine(255)
  namePrefix?: string | null;

  /** Required with the last name, unless there is a company. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: 'Amanda' })
  firstName?: string | null;

  @Clearable()
  @IsLine(255)
  middleName?: string | null;

  /** Required with the first name, unless there is a company. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: 'Cole' })
  lastName?: string | null;

  @Clearable()
  @IsLine(255)
  nameSuffix?: string | null;

  /** Required, unless there are a first and a last name. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: 'Acme Industrial' })
  company?: string | null;

  /** Required. */
  @Clearable()
  @IsLine(500)
  @ApiProperty({ example: '1215 Caldwell Road' })
  street?: string | null;

  @Clearable()
  @IsLine(500)
  street2?: string | null;

  /** Required. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'Rochester' })
  city?: string | null;

  /** Required. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: '14608' })
  postalCode?: string | null;

  /** Required: ISO 3166-1 alpha-2. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ example: 'US' })
  countryCode?: string | null;

  /** ISO 3166-2; required where the country has regions. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: 'US-NY' })
  regionCode?: string | null;

  /** Only where the country has no regions. */
  @Clearable()
  @IsLine(255)
  @ApiProperty({ nullable: true, example: null })
  regionText?: string | null;

  @Clearable()
  @IsPhone()
  phone?: string | null;

  /** The one primary address of its book; the first becomes it by itself, and a new one un-sets the old one. */
  @LeftOut()
  @IsBoolean()
  primary?: boolean;

  @LeftOut()
  @IsArray()
  @ArrayMaxSize(ADDRESS_TYPES.length)
  @ArrayUnique((use: Partial<AddressUse> | null) => use?.type)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => AddressUse)
  @ApiProperty({ type: () => [AddressUse], example: [{ type: 'billing', default: true }] })
  types?: AddressUse[];
}

/** A member that is left out stays as it is; `null` clears it. */
export class AddressChange extends AddressDraft {}

/** An entry of a book that is written whole: with an id the address is edited, without one it is new. */
export class AddressEntry extends AddressDraft {
  @LeftOut()
  @IsId()
  id?: number;
}

export class AddressUseView {
  @ApiProperty({ enum: ADDRESS_TYPES })
  type: AddressType;
  default: boolean;
}

/** An address as a part of its owner. */
export class AddressEntryView {
  /** Unique over the books of customers and of customer users. */
  id: number;
  label: string | null;
  namePrefix: string | null;
  firstName: string | null;
  middleName: string | null;
  lastName: string | null;
  nameSuffix: string | null;
  company: string | null;
  street: string;
  street2: string | null;
  city: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** ISO 3166-2. */
  regionCode: string | null;
  regionText: string | null;
  /** E.164. */
  phone: string | null;
  primary: boolean;
  types: AddressUseView[];
}

export class AddressView extends AddressEntryView {
  createdAt: Date;
  updatedAt: Date;
  version: number;
}
