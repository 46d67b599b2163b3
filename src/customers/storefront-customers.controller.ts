import { Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { type Checked, CheckedBody, IdParam, StorefrontController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerNode, TreeReading } from './customers.dto.js';
import { CustomerPermission } from './customers.permissions.js';
import { DelegatedCustomers } from './delegated-customers.service.js';
import { StorefrontCustomerChange, StorefrontCustomerDraft, StorefrontCustomerView } from './storefront-customers.dto.js';
import { storefrontCustomerListing } from './storefront-customers.listing.js';

@StorefrontController('customers', 'Customers')
export class StorefrontCustomersController {
  constructor(private readonly customers: DelegatedCustomers) {}

  @Get()
  @RequirePermission(CustomerPermission.view)
  @ApiListing(storefrontCustomerListing, StorefrontCustomerView)
  list(@ListQuery(storefrontCustomerListing) request: ListRequest): Promise<Page<StorefrontCustomerView>> {
    return this.customers.list(request);
  }

  /** A subsidiary of the caller's customer, or of one below it. */
  @Post()
  @RequirePermission(CustomerPermission.create)
  create(@CheckedBody(StorefrontCustomerDraft) draft: Checked<StorefrontCustomerDraft>): Promise<StorefrontCustomerView> {
    return this.customers.create(draft);
  }

  @Get(':id')
  @RequirePermission(CustomerPermission.view)
  get(@IdParam() id: number): Promise<StorefrontCustomerView> {
    return this.customers.get(id);
  }

  /** The customer with all below it that the caller may see; 400 `customers.tree_too_large` beyond 5 000 customers. */
  @Get(':id/tree')
  @RequirePermission(CustomerPermission.view)
  tree(@IdParam() id: number, @Query() { depth }: TreeReading): Promise<CustomerNode> {
    return this.customers.tree(id, depth);
  }

  @Patch(':id')
  @RequirePermission(CustomerPermission.edit)
  change(
    @IdParam() id: number,
    @CheckedBody(StorefrontCustomerChange) change: Checked<StorefrontCustomerChange>,
  ): Promise<StorefrontCustomerView> {
    return this.customers.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(CustomerPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.customers.remove(id);
  }
}
