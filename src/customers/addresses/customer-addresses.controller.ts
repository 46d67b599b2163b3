import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { AddressChange, AddressDraft, AddressView } from './addresses.dto.js';
import { addressListing } from './addresses.listing.js';
import { CustomerAddresses } from './customer-addresses.service.js';
import { CustomerAddressPermission } from '../customers.permissions.js';

@AdminController('customers/:id/addresses', 'Addresses')
export class CustomerAddressesController {
  constructor(private readonly addresses: CustomerAddresses) {}

  @Get()
  @RequirePermission(CustomerAddressPermission.view)
  @ApiListing(addressListing, AddressView)
  list(@IdParam() id: number, @ListQuery(addressListing) request: ListRequest): Promise<Page<AddressView>> {
    return this.addresses.list(id, request);
  }

  @Post()
  @RequirePermission(CustomerAddressPermission.create)
  add(@IdParam() id: number, @CheckedBody(AddressDraft) draft: Checked<AddressDraft>): Promise<AddressView> {
    return this.addresses.add(id, draft);
  }

  @Get(':addressId')
  @RequirePermission(CustomerAddressPermission.view)
  get(@IdParam() id: number, @IdParam('addressId') addressId: number): Promise<AddressView> {
    return this.addresses.get(id, addressId);
  }

  @Patch(':addressId')
  @RequirePermission(CustomerAddressPermission.edit)
  change(
    @IdParam() id: number,
    @IdParam('addressId') addressId: number,
    @CheckedBody(AddressChange) change: Checked<AddressChange>,
  ): Promise<AddressView> {
    return this.addresses.change(id, addressId, change);
  }

  @Delete(':addressId')
  @HttpCode(204)
  @RequirePermission(CustomerAddressPermission.delete)
  remove(@IdParam() id: number, @IdParam('addressId') addressId: number): Promise<void> {
    return this.addresses.remove(id, addressId);
  }
}
