import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { LoginAttemptPermission } from './audit.permissions.js';
import { LoginAttemptView } from './login-attempts.dto.js';
import { loginAttemptListing } from './login-attempts.listing.js';
import { LoginAttempts } from './login-attempts.service.js';

@AdminController('login-attempts', 'Login attempts')
export class LoginAttemptsController {
  constructor(private readonly attempts: LoginAttempts) {}

  @Get()
  @RequirePermission(LoginAttemptPermission.view)
  @ApiListing(loginAttemptListing, LoginAttemptView)
  list(@ListQuery(loginAttemptListing) request: ListRequest): Promise<Page<LoginAttemptView>> {
    return this.attempts.list(request);
  }
}
