import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { IsId, LeftOut } from '../platform/http/index.js';
import { CustomerDraft, CustomerView } from './customers.dto.js';

/** What customer users may say of a customer; the rest is the merchant's. */
class OwnCustomerMembers extends PickType(CustomerDraft, ['name']) {
  /** The caller's own customer when left out. */
  @LeftOut()
  @IsId()
  @ApiProperty({ example: 12 })
  parentId?: number;
}

/** What a subsidiary is created from. */
export class StorefrontCustomerDraft extends OwnCustomerMembers {}

/** A member that is left out stays as it is. */
export class StorefrontCustomerChange extends PartialType(OwnCustomerMembers, { skipNullProperties: false }) {}

const SHOWN = ['id', 'name', 'parentId', 'parent', 'createdAt', 'updatedAt', 'version'] as const;

/** A customer as customer users see it: `parentId` and `parent` are `null` also for one that they may not see. */
export class StorefrontCustomerView extends PickType(CustomerView, SHOWN) {}
