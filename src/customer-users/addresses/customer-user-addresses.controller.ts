import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { AddressChange, AddressDraft, addressListing, AddressView } from '../../customers/index.js';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { CustomerUserAddresses } from './customer-user-addresses.service.js';
import { CustomerUserAddressPermission } from '../customer-users.permissions.js';

@AdminController('customer-users/:id/addresses', 'Addresses')
export class CustomerUserAddressesController {
  constructor(private readonly addresses: CustomerUserAddresses) {}

  @Get()
  @RequirePermission(CustomerUserAddressPermission.view)
  @ApiListing(addressListing, AddressView)
  list(@IdParam() id: number, @ListQuery(addressListing) request: ListRequest): Promise<Page<AddressView>> {
    return this.addresses.list(id, request);
  }

  @Post()
  @RequirePermission(CustomerUserAddressPermission.create)
  add(@IdParam() id: number, @CheckedBody(AddressDraft) draft: Checked<AddressDraft>): Promise<AddressView> {
    return this.addresses.add(id, draft);
  }

  @Get(':addressId')
  @RequirePermission(CustomerUserAddressPermission.view)
  get(@IdParam() id: number, @IdParam('addressId') addressId: number): Promise<AddressView> {
    return this.addresses.get(id, addressId);
  }

  @Patch(':addressId')
  @RequirePermission(CustomerUserAddressPermission.edit)
  change(
    @IdParam() id: number,
    @IdParam('addressId') addressId: number,
    @CheckedBody(AddressChange) change: Checked<AddressChange>,
  ): Promise<AddressView> {
    return this.addresses.change(id, addressId, change);
  }

  @Delete(':addressId')
  @HttpCode(204)
  @RequirePermission(CustomerUserAddressPermission.delete)
  remove(@IdParam() id: number, @IdParam('addressId') addressId: number): Promise<void> {
    return this.addresses.remove(id, addressId);
  }
}
