import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerUserRoles } from './customer-user-roles.service.js';
import { RoleMatrixView, RoleView } from './roles.dto.js';
import { roleListing } from './roles.listing.js';
import { RolePermission } from './roles.permissions.js';

@AdminController('customer-user-roles', 'Customer user roles')
export class CustomerUserRolesController {
  constructor(private readonly roles: CustomerUserRoles) {}

  @Get()
  @RequirePermission(RolePermission.view)
  @ApiListing(roleListing, RoleView)
  list(@ListQuery(roleListing) request: ListRequest): Promise<Page<RoleView>> {
    return this.roles.list(request);
  }

  @Get(':id')
  @RequirePermission(RolePermission.view)
  get(@IdParam() id: number): Promise<RoleView> {
    return this.roles.get(id);
  }

  @Get(':id/permissions')
  @RequirePermission(RolePermission.view)
  permissions(@IdParam() id: number): Promise<RoleMatrixView> {
    return this.roles.permissions(id);
  }
}
