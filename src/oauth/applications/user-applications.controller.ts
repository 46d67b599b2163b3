import { Body, Get, Post } from '@nestjs/common';
import { RequirePermission, requirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { AdminController, AlsoAnswers, IdParam, LocatedAt } from '../../platform/http/index.js';
import { ListQuery, type ListRequest } from '../../platform/listing/index.js';
import { UserPermission, Users } from '../../users/index.js';
import { OAuthApplicationDraft, OAuthApplicationWithSecret } from './applications.dto.js';
import { ApiApplicationListing, applicationListing, type ApplicationPage } from './applications.listing.js';
import { OAuthApplications, type Owner } from './applications.service.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';

/** The applications on a console user's page. */
@AdminController('users/:id/oauth-applications', 'OAuth applications')
export class UserApplicationsController {
  constructor(
    private readonly applications: OAuthApplications,
    private readonly users: Users,
    private readonly context: CurrentContext,
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
  async create(@IdParam() id: number, @Body() draft: OAuthApplicationDraft): Promise<OAuthApplicationWithSecret> {
    const owner = await this.owner(id);
    await this.refuseForeign(id);
    return this.applications.create(async () => owner, draft);
  }

  /** The secret lets its holder act as the owner: for somebody else, that takes the right to change him, and all that he may do. */
  private async refuseForeign(id: number): Promise<void> {
    const principal = this.context.principal();
    if (principal.type === 'user' && principal.id === id) return;
    requirePermission(principal, UserPermission.edit.name);
    await this.users.getReachable(id, UserPermission.edit);
    await this.users.refuseAbove(id);
  }

  private async owner(id: number): Promise<Owner> {
    const { organizationId } = await this.users.getReachable(id, UserPermission.view);
    return { type: 'user', id, organizationId };
  }
}
