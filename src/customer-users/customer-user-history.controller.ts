import { Get } from '@nestjs/common';
import { auditEventListing, AuditEventView } from '../audit/index.js';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CustomerUserChanges } from './customer-user-changes.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsers } from './customer-users.service.js';

@AdminController('customer-users/:id/history', 'Customer users')
export class CustomerUserHistoryController {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly changes: CustomerUserChanges,
  ) {}

  /** Who changed what of the person, newest first; of his addresses, for who may see them. A login is no change. */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(auditEventListing, AuditEventView)
  async list(@IdParam() id: number, @ListQuery(auditEventListing) request: ListRequest): Promise<Page<AuditEventView>> {
    await this.customerUsers.getReachable(id);
    return this.changes.list(id, request);
  }
}
