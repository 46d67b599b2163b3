import { Body, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { RequirePermission } from '../../platform/authorization/index.js';
import { AdminController, IdParam } from '../../platform/http/index.js';
import { ApiListing, ListQuery, type ListRequest, type Page } from '../../platform/listing/index.js';
import { CalendarEventChange, CalendarEventDraft, CalendarEventView } from './calendar-events.dto.js';
import { calendarEventListing, CalendarEventPermission, CalendarEvents } from './calendar-events.js';
import { PersonRecords } from './person-records.service.js';

@AdminController('customer-users/:id/calendar-events', 'Records about customer users')
export class CalendarEventsController {
  constructor(
    private readonly events: CalendarEvents,
    private readonly records: PersonRecords,
  ) {}

  @Get()
  @RequirePermission(CalendarEventPermission.view)
  @ApiListing(calendarEventListing, CalendarEventView)
  list(@IdParam() id: number, @ListQuery(calendarEventListing) request: ListRequest): Promise<Page<CalendarEventView>> {
    return this.records.list(this.events, id, request);
  }

  @Post()
  @RequirePermission(CalendarEventPermission.create)
  add(@IdParam() id: number, @Body() draft: CalendarEventDraft): Promise<CalendarEventView> {
    return this.records.add(this.events, id, draft);
  }

  @Get(':eventId')
  @RequirePermission(CalendarEventPermission.view)
  get(@IdParam() id: number, @IdParam('eventId') eventId: number): Promise<CalendarEventView> {
    return this.records.get(this.events, id, eventId);
  }

  @Patch(':eventId')
  @RequirePermission(CalendarEventPermission.edit)
  change(@IdParam() id: number, @IdParam('eventId') eventId: number, @Body() change: CalendarEventChange): Promise<CalendarEventView> {
    return this.records.change(this.events, id, eventId, change);
  }

  @Delete(':eventId')
  @HttpCode(204)
  @RequirePermission(CalendarEventPermission.delete)
  remove(@IdParam() id: number, @IdParam('eventId') eventId: number): Promise<void> {
    return this.records.remove(this.events, id, eventId);
  }
}
