import { Body, Get, Post } from '@nestjs/common';
import { CustomerUserPermission, CustomerUsers } from '../../customer-users/index.js';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, AlsoAnswers, IdParam, LocatedAt } from '../../platform/http/index.js';
import { ListQuery, type ListRequest } from '../../platform/listing/index.js';
import { OAuthApplicationDraft, OAuthApplicationWithSecret } from './applications.dto.js';
import { ApiApplicationListing, applicationListing, type ApplicationPage } from './applications.listing.js';
import { OAuthApplications, type Owner } from './applications.service.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';

/** The applications on a customer user's page. */
@AdminController('customer-users/:id/oauth-applications', 'OAuth applications')
export class CustomerUserApplicationsController {
  constructor(
    private readonly applications: OAuthApplications,
    private readonly customerUsers: CustomerUsers,
  ) {}

  @Get()
  @RequirePermission(OAuthApplicationPermission.view)
  @ApiApplicationListing()
  async list(@IdParam() id: number, @ListQuery(applicationListing) request: ListRequest): Promise<ApplicationPage> {
    return this.applications.list(request, await this.owner(id));
  }

  @Post()
  @AlsoAnswers(503)
  @LocatedAt('/admin/api/oauth-applications')
  @RequirePermission(OAuthApplicationPermission.create)
  create(@IdParam() id: number, @Body() draft: OAuthApplicationDraft): Promise<OAuthApplicationWithSecret> {
    const ownerOf = async (): Promise<Owner> => ({ type: 'customer-user', ...(await this.customerUsers.hold(id)) });
    return this.applications.create(ownerOf, draft);
  }

  private async owner(id: number): Promise<Owner> {
    const { organizationId } = await this.customerUsers.getReachable(id, CustomerUserPermission.view);
    return { type: 'customer-user', id, organizationId };
  }
}
