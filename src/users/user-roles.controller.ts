import { Body, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { UserRoleChange, UserRoleDraft, UserRoleMatrix, UserRoleMatrixView, UserRoleView } from './user-roles.dto.js';
import { userRoleListing } from './user-roles.listing.js';
import { UserRolePermission } from './user-roles.permissions.js';
import { UserRoles } from './user-roles.service.js';

@AdminController('user-roles', 'User roles')
export class UserRolesController {
  constructor(private readonly roles: UserRoles) {}

  /** Those of the own organization, and those for every organization. */
  @Get()
  @RequirePermission(UserRolePermission.view)
  @ApiListing(userRoleListing, UserRoleView)
  list(@ListQuery(userRoleListing) request: ListRequest): Promise<Page<UserRoleView>> {
    return this.roles.list(request);
  }

  /** It allows nothing until its permissions are put. */
  @Post()
  @RequirePermission(UserRolePermission.create)
  create(@Body() draft: UserRoleDraft): Promise<UserRoleView> {
    return this.roles.create(draft);
  }

  @Get(':id')
  @RequirePermission(UserRolePermission.view)
  get(@IdParam() id: number): Promise<UserRoleView> {
    return this.roles.get(id);
  }

  @Patch(':id')
  @RequirePermission(UserRolePermission.edit)
  change(@IdParam() id: number, @Body() change: UserRoleChange): Promise<UserRoleView> {
    return this.roles.change(id, change);
  }

  /** Refused while somebody has it. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(UserRolePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.roles.remove(id);
  }

  /** The whole matrix: every entity with its actions, and every capability. */
  @Get(':id/permissions')
  @RequirePermission(UserRolePermission.view)
  permissions(@IdParam() id: number): Promise<UserRoleMatrixView> {
    return this.roles.permissions(id);
  }

  /** Replaces the whole matrix; what is left out is not allowed. Nobody gives more than he holds himself. */
  @Put(':id/permissions')
  @RequirePermission(UserRolePermission.edit)
  replacePermissions(@IdParam() id: number, @Body() matrix: UserRoleMatrix): Promise<UserRoleMatrixView> {
    return this.roles.replacePermissions(id, matrix);
  }
}
