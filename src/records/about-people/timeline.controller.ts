import { Get } from '@nestjs/common';
import { CustomerUserPermission } from '../../customer-users/index.js';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { TimelineEntryView } from './timeline.dto.js';
import { timelineListing } from './timeline.listing.js';
import { Timelines } from './timelines.service.js';

@AdminController('customer-users/:id/timeline', 'Records about customer users')
export class TimelineController {
  constructor(private readonly timelines: Timelines) {}

  /**
   * What happened around the person, newest first: notes, calendar events, attachments, mails, changes of his record, and tries to get in.
   * Of each kind as much as the caller may see; kinds whose permission he lacks are left out.
   */
  @Get()
  @RequirePermission(CustomerUserPermission.view)
  @ApiListing(timelineListing, TimelineEntryView)
  list(@IdParam() id: number, @ListQuery(timelineListing) request: ListRequest): Promise<Page<TimelineEntryView>> {
    return this.timelines.page(id, request);
  }
}
