import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { IsId, LeftOut } from '../platform/http/index.js';
import { CustomerUserDraft, CustomerUserView } from './customer-users.dto.js';

/** What customer users may say of others; owner, sales representatives and website are the merchant's. */
const WRITTEN = [
  ...(['email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
  ...(['enabled', 'confirmed', 'preferredLocalizationId', 'roleIds', 'password', 'addresses'] as const),
] as const;

/** What a customer user creates a colleague from. */
export class StorefrontCustomerUserDraft extends PickType(CustomerUserDraft, [...WRITTEN, 'generatePassword', 'sendWelcomeEmail']) {
  /** The caller's own customer when left out. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 12 })
  customerId?: number;
}

class ColleagueMembers extends PickType(CustomerUserDraft, WRITTEN) {
  /** Another customer that the caller may see. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 12 })
  customerId?: number;
}

/** A member that is left out stays as it is; `null` clears it. */
export class StorefrontCustomerUserChange extends PartialType(ColleagueMembers, { skipNullProperties: false }) {}

const SHOWN = [
  ...(['id', 'email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'fullName', 'birthday', 'phone'] as const),
  ...(['enabled', 'confirmed', 'passwordStatus', 'customer', 'website', 'preferredLocalization', 'roles', 'addresses'] as const),
  ...(['lastLoginAt', 'createdAt', 'updatedAt', 'version'] as const),
] as const;

/** A customer user as other customer users see him. */
export class StorefrontCustomerUserView extends PickType(CustomerUserView, SHOWN) {}
