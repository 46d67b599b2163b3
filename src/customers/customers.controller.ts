import { Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerChange, CustomerDraft, CustomerNode, CustomerView, TreeReading } from './customers.dto.js';
import { customerListing } from './customers.listing.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomerChanges } from './customer-changes.service.js';
import { Customers } from './customers.service.js';

@AdminController('customers', 'Customers')
export class CustomersController {
  constructor(
    private readonly customers: Customers,
    private readonly changes: CustomerChanges,
  ) {}

  @Get()
  @RequirePermission(CustomerPermission.view)
  @ApiListing(customerListing, CustomerView)
  list(@ListQuery(customerListing) request: ListRequest): Promise<Page<CustomerView>> {
    return this.customers.list(request);
  }

  @Post()
  @RequirePermission(CustomerPermission.create)
  create(@CheckedBody(CustomerDraft) draft: Checked<CustomerDraft>): Promise<CustomerView> {
    return this.changes.create(draft);
  }

  @Get(':id')
  @RequirePermission(CustomerPermission.view)
  get(@IdParam() id: number): Promise<CustomerView> {
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
  change(@IdParam() id: number, @CheckedBody(CustomerChange) change: Checked<CustomerChange>): Promise<CustomerView> {
    return this.changes.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(CustomerPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.changes.remove(id);
  }
}
