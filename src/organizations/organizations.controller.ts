import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { Organizations } from './organizations.service.js';
import { OrganizationView } from './organizations.dto.js';
import { organizationListing } from './organizations.listings.js';
import { OrganizationPermission } from './organizations.permissions.js';

@AdminController('organizations', 'Organizations')
export class OrganizationsController {
  constructor(private readonly organizations: Organizations) {}

  @Get()
  @RequirePermission(OrganizationPermission.view)
  @ApiListing(organizationListing, OrganizationView)
  list(@ListQuery(organizationListing) request: ListRequest): Promise<Page<OrganizationView>> {
    return this.organizations.list(request);
  }

  @Get(':id')
  @RequirePermission(OrganizationPermission.view)
  get(@IdParam() id: number): Promise<OrganizationView> {
    return this.organizations.get(id);
  }
}
