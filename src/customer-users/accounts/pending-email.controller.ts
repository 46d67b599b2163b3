import { Delete, Get, HttpCode } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam, Unversioned } from '../../platform/http/index.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { EmailChanges } from './email-changes.service.js';
import { PendingEmailView } from './storefront-me.dto.js';

@AdminController('customer-users/:id/pending-email', 'Customer users')
export class PendingEmailController {
  constructor(private readonly changes: EmailChanges) {}

  /** The other email address that the person asked for and has not proved yet; 404 when there is none. */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  get(@IdParam() id: number): Promise<PendingEmailView> {
    return this.changes.getOf(id);
  }

  /** Cancels the change: its links are over. */
  @Delete()
  @Unversioned()
  @HttpCode(204)
  @RequirePermission(CustomerUserPermission.edit)
  cancel(@IdParam() id: number): Promise<void> {
    return this.changes.cancelOf(id);
  }
}
