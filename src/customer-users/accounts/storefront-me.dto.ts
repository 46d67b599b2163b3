import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { CustomerSummary } from '../../customers/index.js';
import { NamedView } from '../../organizations/index.js';
import { RoleSummary } from '../../roles/index.js';
import { CustomerUserMembers } from '../customer-users.dto.js';

/** The own profile. */
export class ProfileView {
  id: number;
  email: string;
  /** The address that is to take the place of `email`, until its links were opened. */
  pendingEmail: string | null;
  namePrefix: string | null;
  firstName: string;
  middleName: string | null;
  lastName: string;
  nameSuffix: string | null;
  fullName: string;
  birthday: string | null;
  phone: string | null;
  customer: CustomerSummary;
  website: NamedView;
  preferredLocalization: NamedView | null;
  roles: RoleSummary[];
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const OWN_MEMBERS = [
  ...(['namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix'] as const),
  ...(['birthday', 'phone', 'preferredLocalizationId'] as const),
] as const;

/** A member that is left out stays as it is; `null` clears it. `preferredLocalizationId` is one that the person's website offers. */
export class ProfileChange extends PartialType(PickType(CustomerUserMembers, OWN_MEMBERS), { skipNullProperties: false }) {}

export class EmailChangeConfirmation {
  /** From the mailed link. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  token: string;
}

export class EmailChangeView {
  /** `pending`: a link was mailed to the new address, which has to be opened first. */
  @ApiProperty({ enum: ['pending', 'changed'] })
  status: 'pending' | 'changed';
}

export class PendingEmailView {
  email: string;
  requestedAt: Date;
  /** When the last link to it expires. */
  expiresAt: Date;
}

export class PasswordReset {
  /** From the mailed link. */
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  token: string;

  @IsString()
  @MaxLength(1000)
  @ApiProperty({ format: 'password' })
  password: string;
}
