import { ApiProperty } from '@nestjs/swagger';
import { AddressDraft, AddressView } from '../../customers/index.js';
import { IsId, LeftOut } from '../../platform/http/index.js';

/** A new address, and whose it is to be: exactly one of `customerId` and `customerUserId`. */
export class OwnedAddressDraft extends AddressDraft {
  @LeftOut()
  @IsId()
  @ApiProperty({ example: undefined })
  customerId?: number;

  @LeftOut()
  @IsId()
  @ApiProperty({ example: 11 })
  customerUserId?: number;
}

/** An address with its owner, who never changes: a customer, or a customer user. */
export class OwnedAddressView extends AddressView {
  customerId: number | null;
  customerUserId: number | null;
}
