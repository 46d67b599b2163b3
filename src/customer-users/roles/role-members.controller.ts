import { Body, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam, Unversioned } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { RolePermission } from '../../roles/index.js';
import { CustomerUserView } from '../customer-users.dto.js';
import { customerUserListing } from '../customer-users.listing.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { RoleMembersDraft, RoleMembersView } from './role-members.dto.js';
import { RoleMembers } from './role-members.service.js';

@AdminController('customer-user-roles/:id/customer-users', 'Customer user roles')
export class RoleMembersController {
  constructor(private readonly members: RoleMembers) {}

  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(customerUserListing, CustomerUserView)
  list(@IdParam() id: number, @ListQuery(customerUserListing) request: ListRequest): Promise<Page<CustomerUserView>> {
    return this.members.list(id, request);
  }

  /** These have the role from now on, and no others of those whom the caller may edit. Refused where it is somebody's last. */
  @Put()
  @Unversioned()
  @RequirePermission(RolePermission.assign)
  replace(@IdParam() id: number, @Body() draft: RoleMembersDraft): Promise<RoleMembersView> {
    return this.members.replace(id, draft);
  }

  /** Refused where it is his last and he is enabled. */
  @Delete(':customerUserId')
  @HttpCode(204)
  @Unversioned()
  @RequirePermission(RolePermission.assign)
  remove(@IdParam() id: number, @IdParam('customerUserId') customerUserId: number): Promise<void> {
    return this.members.remove(id, customerUserId);
  }
}
