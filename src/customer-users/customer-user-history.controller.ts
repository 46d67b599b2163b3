import { Get } from '@nestjs/common';
import { AuditEvents, auditEventListing, AuditEventView } from '../audit/index.js';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController, IdParam } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsers } from './customer-users.service.js';

@AdminController('customer-users/:id/history', 'Customer users')
export class CustomerUserHistoryController {
  constructor(
    private readonly customerUsers: CustomerUsers,
    private readonly events: AuditEvents,
  ) {}

  /** Who changed what of the person, newest first. A login is no change. */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(auditEventListing, AuditEventView)
  async list(@IdParam() id: number, @ListQuery(auditEventListing) request: ListRequest): Promise<Page<AuditEventView>> {
    await this.customerUsers.getReachable(id);
    return this.events.of(CUSTOMER_USER_HISTORY.entity, id, request);
  }
}
