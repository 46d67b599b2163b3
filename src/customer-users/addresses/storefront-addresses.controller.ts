import { Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { AddressChange, CustomerAddressPermission as OfCustomer } from '../../customers/index.js';
import { RequirePermission } from '../../platform/authorization/index.js';
import { type Checked, CheckedBody, IdParam, StorefrontController } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type Page, type RequestOf } from '../../platform/listing/index.js';
import { CustomerUserAddressPermission as OfPerson } from '../customer-users.permissions.js';
import { DelegatedAddresses } from './delegated-addresses.service.js';
import { OwnedAddressDraft, OwnedAddressView } from './storefront-addresses.dto.js';
import { storefrontAddressListing } from './storefront-addresses.listing.js';

/** The address books of customers and of customer users. Which permission it takes depends on whose the address is. */
@StorefrontController('addresses', 'Addresses')
export class StorefrontAddressesController {
  constructor(private readonly addresses: DelegatedAddresses) {}

  /** One address book. */
  @Get()
  @RequirePermission(OfPerson.view, OfCustomer.view)
  @ApiListing(storefrontAddressListing, OwnedAddressView)
  list(@ListQuery(storefrontAddressListing) request: RequestOf<typeof storefrontAddressListing>): Promise<Page<OwnedAddressView>> {
    return this.addresses.list(request);
  }

  @Post()
  @RequirePermission(OfPerson.create, OfCustomer.create)
  add(@CheckedBody(OwnedAddressDraft) draft: Checked<OwnedAddressDraft>): Promise<OwnedAddressView> {
    return this.addresses.add(draft);
  }

  @Get(':id')
  @RequirePermission(OfPerson.view, OfCustomer.view)
  get(@IdParam() id: number): Promise<OwnedAddressView> {
    return this.addresses.get(id);
  }

  @Patch(':id')
  @RequirePermission(OfPerson.edit, OfCustomer.edit)
  change(@IdParam() id: number, @CheckedBody(AddressChange) change: Checked<AddressChange>): Promise<OwnedAddressView> {
    return this.addresses.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(OfPerson.delete, OfCustomer.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.addresses.remove(id);
  }
}
