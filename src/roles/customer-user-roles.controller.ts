import { Body, Delete, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, type Checked, CheckedBody, IdParam, LocatedAt } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerUserRoles } from './customer-user-roles.service.js';
import { RoleEditing } from './role-editing.service.js';
import { RoleChange, RoleClone, RoleDraft, RoleMatrix, RoleMatrixView, RoleView } from './roles.dto.js';
import { roleListing } from './roles.listing.js';
import { RolePermission } from './roles.permissions.js';

const PATH = 'customer-user-roles';

@AdminController(PATH, 'Customer user roles')
export class CustomerUserRolesController {
  constructor(
    private readonly roles: CustomerUserRoles,
    private readonly editing: RoleEditing,
  ) {}

  @Get()
  @RequirePermission(RolePermission.view)
  @ApiListing(roleListing, RoleView)
  list(@ListQuery(roleListing) request: ListRequest): Promise<Page<RoleView>> {
    return this.roles.list(request);
  }

  /** It allows nothing until its permissions are put. */
  @Post()
  @RequirePermission(RolePermission.create)
  create(@CheckedBody(RoleDraft) draft: Checked<RoleDraft>): Promise<RoleView> {
    return this.editing.create(draft);
  }

  @Get(':id')
  @RequirePermission(RolePermission.view)
  get(@IdParam() id: number): Promise<RoleView> {
    return this.roles.get(id);
  }

  /** Given to another customer, it is taken from the people of all others; who is enabled and has no role left gets his website's. */
  @Patch(':id')
  @RequirePermission(RolePermission.edit)
  change(@IdParam() id: number, @CheckedBody(RoleChange) change: Checked<RoleChange>): Promise<RoleView> {
    return this.editing.change(id, change);
  }

  /** Refused while somebody has it, or a website gives it. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(RolePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.editing.remove(id);
  }

  /** The whole matrix: every entity with its actions, and every capability. */
  @Get(':id/permissions')
  @RequirePermission(RolePermission.view)
  permissions(@IdParam() id: number): Promise<RoleMatrixView> {
    return this.roles.permissions(id);
  }

  /** Replaces the whole matrix; what is left out is not allowed. Nobody gives more than he holds himself. */
  @Put(':id/permissions')
  @RequirePermission(RolePermission.edit)
  replacePermissions(@IdParam() id: number, @Body() matrix: RoleMatrix): Promise<RoleMatrixView> {
    return this.editing.replacePermissions(id, matrix);
  }

  /** Another role that allows the same; nobody has it yet. */
  @Post(':id/clone')
  @LocatedAt(`/admin/api/${PATH}`)
  @RequirePermission(RolePermission.create)
  clone(@IdParam() id: number, @CheckedBody(RoleClone) clone: Checked<RoleClone>): Promise<RoleView> {
    return this.editing.clone(id, clone);
  }
}
