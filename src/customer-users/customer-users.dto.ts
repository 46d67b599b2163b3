import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, MaxLength, ValidateNested } from 'class-validator';
import { type FieldValues, type GivenValues, IsCustomFields } from '../custom-fields/index.js';
import { AddressEntry, AddressEntryView, CustomerPerson, CustomerSummary, MOST_ADDRESSES } from '../customers/index.js';
import { NamedView } from '../organizations/index.js';
import { Clearable, IsEmailAddress, IsFlatList, IsId, IsIds, IsLine, IsPhone, LeftOut } from '../platform/http/index.js';
import { RoleSummary } from '../roles/index.js';
import { PASSWORD_STATUSES, type PasswordStatus } from './customer-user.entity.js';
import { IsBirthday } from './member-rules.js';

/** The plain members of a customer user. */
export class CustomerUserMembers {
  @IsEmailAddress()
  @ApiProperty({ example: 'amanda.cole@acme.example' })
  email: string;

  @Clearable()
  @IsLine(255)
  namePrefix?: string | null;

  @IsLine(255)
  @ApiProperty({ example: 'Amanda' })
  firstName: string;

  @Clearable()
  @IsLine(255)
  middleName?: string | null;

  @IsLine(255)
  @ApiProperty({ example: 'Cole' })
  lastName: string;

  @Clearable()
  @IsLine(255)
  nameSuffix?: string | null;

  @Clearable()
  @IsBirthday()
  birthday?: string | null;

  @Clearable()
  @IsPhone()
  phone?: string | null;

  @LeftOut()
  @IsBoolean()
  enabled?: boolean;

  @LeftOut()
  @IsBoolean()
  confirmed?: boolean;

  /** The person's id in another system; unique. */
  @Clearable()
  @IsLine(255)
  externalId?: string | null;

  /** Values by the names of the organization's custom fields; one that is left out stays, `null` clears it. */
  @LeftOut()
  @IsCustomFields()
  customFields?: GivenValues;

  /** The company; left out, one named after the person is made. */
  @LeftOut()
  @IsId()
  customerId?: number;

  /** The responsible console user; the customer's when left out. */
  @Clearable()
  @IsId()
  ownerId?: number | null;

  /** The customer's when left out. */
  @LeftOut()
  @IsIds()
  salesRepresentativeIds?: number[];

  /** The default website when left out. */
  @LeftOut()
  @IsId()
  websiteId?: number;

  @Clearable()
  @IsId()
  preferredLocalizationId?: number | null;

  /** The website's default role when left out. */
  @LeftOut()
  @IsIds()
  @ApiProperty({ example: [2] })
  roleIds?: number[];

  @LeftOut()
  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password', example: undefined })
  password?: string;

  /** The whole address book: an entry with an id is edited, one without is new, and an address that is left out is removed. */
  @LeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_ADDRESSES)
  @IsFlatList()
  @ValidateNested({ each: true })
  @Type(() => AddressEntry)
  @ApiProperty({ type: () => [AddressEntry], example: [] })
  addresses?: AddressEntry[];
}

/** What a customer user is created from. */
export class CustomerUserDraft extends CustomerUserMembers {
  /** May share its email address with others, and never logs in. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  guest?: boolean;

  /** No password: the account cannot be used by password until the person sets one. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  generatePassword?: boolean;

  /** Mail a welcome with a link to set the password; to one who is not confirmed, a link to confirm first, and the welcome after it. */
  @LeftOut()
  @IsBoolean()
  @ApiProperty({ default: false })
  sendWelcomeEmail?: boolean;

  /** Left out: the caller's own. Another one takes global access; all that the customer user refers to belongs to it. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 1 })
  organizationId?: number;
}

/** A member that is left out stays as it is; `null` clears it. */
export class CustomerUserChange extends PartialType(CustomerUserMembers, { skipNullProperties: false }) {}

export class CustomerUserView {
  id: number;
  organizationId: number;
  email: string;
  namePrefix: string | null;
  firstName: string;
  middleName: string | null;
  lastName: string;
  nameSuffix: string | null;
  /** All parts of the name that there are. */
  fullName: string;
  birthday: string | null;
  phone: string | null;
  enabled: boolean;
  confirmed: boolean;
  guest: boolean;
  @ApiProperty({ enum: PASSWORD_STATUSES })
  passwordStatus: PasswordStatus;
  customer: CustomerSummary;
  owner: CustomerPerson | null;
  salesRepresentatives: CustomerPerson[];
  website: NamedView;
  preferredLocalization: NamedView | null;
  roles: RoleSummary[];
  /** His whole address book, the oldest first. */
  addresses: AddressEntryView[];
  externalId: string | null;
  /** Every custom field of the organization, by name. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { Region: 'North' } })
  customFields: FieldValues;
  lastLoginAt: Date | null;
  loginCount: number;
  createdAt: Date;
  updatedAt: Date;
  /** Since when nothing here says who he was; such a record never changes. */
  erasedAt: Date | null;
  version: number;
}
