import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { OrganizationChange, OrganizationDraft, OrganizationView } from './organizations.dto.js';
import { organizationListing } from './organizations.listings.js';
import { OrganizationPermission } from './organizations.permissions.js';
import { Organizations } from './organizations.service.js';

@AdminController('organizations', 'Organizations')
export class OrganizationsController {
  constructor(private readonly organizations: Organizations) {}

  @Get()
  @RequirePermission(OrganizationPermission.view)
  @ApiListing(organizationListing, OrganizationView)
  list(@ListQuery(organizationListing) request: ListRequest): Promise<Page<OrganizationView>> {
    return this.organizations.list(request);
  }

  @Post()
  @RequirePermission(OrganizationPermission.create)
  create(@Body() draft: OrganizationDraft): Promise<OrganizationView> {
    return this.organizations.create(draft);
  }

  @Get(':id')
  @RequirePermission(OrganizationPermission.view)
  get(@IdParam() id: number): Promise<OrganizationView> {
    return this.organizations.get(id);
  }

  @Patch(':id')
  @RequirePermission(OrganizationPermission.edit)
  change(@IdParam() id: number, @Body() change: OrganizationChange): Promise<OrganizationView> {
    return this.organizations.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(OrganizationPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.organizations.remove(id);
  }
}
