import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam, LocatedAt } from '../../platform/http/index.js';
import { ListQuery, type ListRequest } from '../../platform/listing/index.js';
import { ApplicationSecrets } from './application-secrets.service.js';
import { OAuthApplicationChange, OAuthApplicationView, OAuthApplicationWithSecret, OAuthSecretDraft } from './applications.dto.js';
import { ApiApplicationListing, applicationListing, type ApplicationPage } from './applications.listing.js';
import { OAuthApplications } from './applications.service.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';

@AdminController('oauth-applications', 'OAuth applications')
export class OAuthApplicationsController {
  constructor(
    private readonly applications: OAuthApplications,
    private readonly secrets: ApplicationSecrets,
  ) {}

  @Get()
  @RequirePermission(OAuthApplicationPermission.view)
  @ApiApplicationListing()
  list(@ListQuery(applicationListing) request: ListRequest): Promise<ApplicationPage> {
    return this.applications.list(request);
  }

  @Get(':id')
  @RequirePermission(OAuthApplicationPermission.view)
  get(@IdParam() id: number): Promise<OAuthApplicationView> {
    return this.applications.get(id);
  }

  @Patch(':id')
  @RequirePermission(OAuthApplicationPermission.edit)
  change(@IdParam() id: number, @Body() change: OAuthApplicationChange): Promise<OAuthApplicationView> {
    return this.applications.change(id, change);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission(OAuthApplicationPermission.delete)
  remove(@IdParam() id: number): Promise<void> {
    return this.applications.remove(id);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @RequirePermission(OAuthApplicationPermission.edit)
  activate(@IdParam() id: number): Promise<OAuthApplicationView> {
    return this.applications.change(id, { active: true });
  }

  /** Its tokens are refused at once. */
  @Post(':id/deactivate')
  @HttpCode(200)
  @RequirePermission(OAuthApplicationPermission.edit)
  deactivate(@IdParam() id: number): Promise<OAuthApplicationView> {
    return this.applications.change(id, { active: false });
  }

  /** Answers the application with one more secret, shown this once. */
  @Post(':id/secrets')
  @LocatedAt('/admin/api/oauth-applications')
  @RequirePermission(OAuthApplicationPermission.edit)
  addSecret(@IdParam() id: number, @Body() draft: OAuthSecretDraft): Promise<OAuthApplicationWithSecret> {
    return this.secrets.add(id, draft);
  }

  @Delete(':id/secrets/:secretId')
  @HttpCode(204)
  @RequirePermission(OAuthApplicationPermission.edit)
  revokeSecret(@IdParam() id: number, @IdParam('secretId') secretId: number): Promise<void> {
    return this.secrets.revoke(id, secretId);
  }
}
