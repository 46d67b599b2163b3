import { Get } from '@nestjs/common';
import { RequirePermission } from '../platform/authorization/index.js';
import { AdminController } from '../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../platform/listing/index.js';
import { AuditEventView } from './audit-events.dto.js';
import { auditEventListing } from './audit-events.listing.js';
import { AuditEvents } from './audit-events.service.js';
import { AuditEventPermission } from './audit.permissions.js';

@AdminController('audit-events', 'Audit events')
export class AuditEventsController {
  constructor(private readonly events: AuditEvents) {}

  /** Every change of a record: who, when, from where, and what it was before. */
  @Get()
  @RequirePermission(AuditEventPermission.view)
  @ApiListing(auditEventListing, AuditEventView)
  list(@ListQuery(auditEventListing) request: ListRequest): Promise<Page<AuditEventView>> {
    return this.events.list(request);
  }
}
