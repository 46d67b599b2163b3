import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { Authenticated, Public, RequirePermission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { AlsoAnswers, type Checked, CheckedBody, StorefrontController, Unversioned } from '../../platform/http/index.js';
import { MatrixView, UpdateOwnProfile } from '../../roles/index.js';
import { EmailChanges } from './email-changes.service.js';
import { Profiles } from './profiles.service.js';
import { EmailChangeConfirmation, EmailChangeView, ProfileChange, ProfileView } from './storefront-me.dto.js';

@StorefrontController('me', 'Own account')
export class StorefrontMeController {
  constructor(
    private readonly profiles: Profiles,
    private readonly emailChanges: EmailChanges,
    private readonly context: CurrentContext,
  ) {}

  /** Who is logged in; an application learns for whom it acts. */
  @Get()
  @Authenticated({ applications: true })
  get(): Promise<ProfileView> {
    return this.profiles.own();
  }

  /** Changes the own profile; email address and password have routes of their own, the rest is for others to change. */
  @Patch()
  @RequirePermission(UpdateOwnProfile)
  change(@CheckedBody(ProfileChange) change: Checked<ProfileChange>): Promise<ProfileView> {
    return this.profiles.change(change);
  }

  /** Takes the step that a mailed link to change the email address is for; nobody needs to be logged in for that. */
  @Post('email/confirm')
  @HttpCode(200)
  @Public()
  async confirmEmail(@Body() { token }: EmailChangeConfirmation): Promise<EmailChangeView> {
    return { status: (await this.emailChanges.confirm(token)).status };
  }

  /** Cancels a change of the email address that is not done yet: its links are over. */
  @Delete('email')
  @Unversioned()
  @AlsoAnswers(404)
  @HttpCode(204)
  @Authenticated()
  cancelEmail(): Promise<void> {
    return this.emailChanges.cancelOwn();
  }

  /** What the caller may do: his roles added up, cut to the scopes of his token. */
  @Get('permissions')
  @Authenticated({ applications: true })
  permissions(): MatrixView {
    return this.context.principal().rights.toMatrix();
  }
}
