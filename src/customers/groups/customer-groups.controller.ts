import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { CustomerGroupChange, CustomerGroupDraft, CustomerGroupView } from './customer-groups.dto.js';
import { customerGroupListing } from './customer-groups.listing.js';
import { CustomerGroups } from './customer-groups.service.js';
import { CustomerGroupPermission } from '../customers.permissions.js';

@AdminController('customer-groups', 'Customers')
export class CustomerGroupsController {
  constructor(private readonly groups: CustomerGroups) {}

  @Get()
  @RequirePermission(CustomerGroupPermission.view)
  @ApiListing(customerGroupListing, CustomerGroupView)
  list(@ListQuery(customerGroupListing) request: ListRequest): Promise<Page<CustomerGroupView>> {
    return this.groups.list(request);
  }

  @Post()
  @RequirePermission(CustomerGroupPermission.create)
  create(@Body() draft: CustomerGroupDraft): Promise<CustomerGroupView> {
    return this.groups.create(draft);
  }

  @Get(':id')
  @RequirePermission(CustomerGroupPermission.view)
  get(@IdParam() id: number): Promise<CustomerGroupView> {
    return this.groups.get(id);
  }

  @Patch(':id')
  @RequirePermission(CustomerGroupPermission.edit)
  change(@IdParam() id: number, @Body() change: CustomerGroupChange): Promise<CustomerGroupView> {
    return this.groups.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(CustomerGroupPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.groups.remove(id);
  }
}
