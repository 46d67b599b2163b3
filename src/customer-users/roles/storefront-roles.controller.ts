import { Body, Delete, Get, HttpCode, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../../platform/authorization/index.js';
import { IdParam, LocatedAt, StorefrontController } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { CustomerUserRoles, RoleMatrix, RoleMatrixView, RolePermission, type RoleView } from '../../roles/index.js';
import { DelegatedRoles } from './delegated-roles.service.js';
import { CopyFor, StorefrontRoleChange, StorefrontRoleClone, StorefrontRoleDraft, StorefrontRoleView } from './storefront-roles.dto.js';
import { storefrontRoleListing } from './storefront-roles.listing.js';

const PATH = 'customer-user-roles';

/**
 * The roles of the caller's customer and of those below it, and the predefined ones that customers are shown. Who edits one of the latter
 * gets a copy for his customer: `Content-Location` names it.
 */
@StorefrontController(PATH, 'Customer user roles')
export class StorefrontRolesController {
  constructor(
    private readonly roles: CustomerUserRoles,
    private readonly delegated: DelegatedRoles,
  ) {}

  @Get()
  @RequirePermission(RolePermission.view)
  @ApiListing(storefrontRoleListing, StorefrontRoleView)
  async list(@ListQuery(storefrontRoleListing) request: ListRequest): Promise<Page<StorefrontRoleView>> {
    const { items, page } = await this.roles.list(request);
    return { items: items.map(shown), page };
  }

  /** It allows nothing until its permissions are put. */
  @Post()
  @RequirePermission(RolePermission.create)
  async create(@Body() draft: StorefrontRoleDraft): Promise<StorefrontRoleView> {
    return shown(await this.delegated.create(draft));
  }

  @Get(':id')
  @RequirePermission(RolePermission.view)
  async get(@IdParam() id: number): Promise<StorefrontRoleView> {
    return shown(await this.roles.get(id));
  }

  /** Of a predefined role this makes a copy, which the customer's people have in place of it from then on. */
  @Patch(':id')
  @RequirePermission(RolePermission.edit)
  async change(
    @IdParam() id: number,
    @Body() { label }: StorefrontRoleChange,
    @Query() { customerId }: CopyFor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StorefrontRoleView> {
    const { role } = await this.delegated.edit(id, { label }, customerId);
    void reply.header('Content-Location', `/api/${PATH}/${role.id}`);
    return shown(role);
  }

  /** Refused while somebody has it; predefined ones stay. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(RolePermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.delegated.remove(id);
  }

  /** The whole matrix: every entity with its actions, and every capability. */
  @Get(':id/permissions')
  @RequirePermission(RolePermission.view)
  permissions(@IdParam() id: number): Promise<RoleMatrixView> {
    return this.roles.permissions(id);
  }

  /**
   * Replaces the whole matrix; what is left out is not allowed. Nobody gives more than he holds himself. Of a predefined role this makes a
   * copy, which the customer's people have in place of it from then on.
   */
  @Put(':id/permissions')
  @RequirePermission(RolePermission.edit)
  async replacePermissions(
    @IdParam() id: number,
    @Body() matrix: RoleMatrix,
    @Query() { customerId }: CopyFor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleMatrixView> {
    const { role, permissions } = await this.delegated.edit(id, { matrix }, customerId);
    void reply.header('Content-Location', `/api/${PATH}/${role.id}/permissions`);
    return permissions;
  }

  /** Another role that allows the same; nobody has it yet. */
  @Post(':id/clone')
  @LocatedAt(`/api/${PATH}`)
  @RequirePermission(RolePermission.create)
  async clone(@IdParam() id: number, @Body() clone: StorefrontRoleClone): Promise<StorefrontRoleView> {
    return shown(await this.delegated.clone(id, clone));
  }
}

const shown = ({ id, code, label, customerId, selfManaged, userCount, createdAt, updatedAt, version }: RoleView): StorefrontRoleView => ({
  ...{ id, code, label, customerId, selfManaged, userCount, createdAt, updatedAt, version },
});
