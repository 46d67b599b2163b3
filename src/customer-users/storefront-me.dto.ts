import { IsString, MaxLength, MinLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { CustomerSummary } from '../customers/index.js';
import { NamedView } from '../organizations/index.js';
import { RoleSummary } from '../roles/index.js';

/** The own profile. */
export class ProfileView {
  id: number;
  email: string;
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
