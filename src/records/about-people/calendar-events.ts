import { Injectable } from '@nestjs/common';
import type { MemberFault } from '../../platform/errors/index.js';
import { defineListing } from '../../platform/listing/index.js';
import { Attendees } from './attendees.js';
import { CalendarEvent } from './calendar-event.entity.js';
import type { CalendarEventChange, CalendarEventView } from './calendar-events.dto.js';
import { recordFields } from './record-fields.js';
import { RecordKind, recordPermissions } from './record-kind.js';

export const CalendarEventPermission = recordPermissions(
  'calendar_event',
  'Calendar event',
  'Calls, visits and meetings with customer users.',
);

export const calendarEventListing = defineListing({
  id: 'calendar_event.id',
  defaultSort: '-startsAt',
  fields: {
    ...recordFields('calendar_event'),
    title: { column: 'calendar_event.title', type: 'text' },
    startsAt: { column: 'calendar_event.startsAt', type: 'instant', sort: true },
    endsAt: { column: 'calendar_event.endsAt', type: 'instant' },
    allDay: { column: 'calendar_event.allDay', type: 'boolean' },
  },
});

const endsBeforeStart: MemberFault = {
  pointer: '/endsAt',
  code: 'calendar_events.ends_before_start',
  detail: 'The event must not end before it starts.',
};

/** Calls, visits and meetings with customer users. */
@Injectable()
export class CalendarEvents extends RecordKind<CalendarEvent, CalendarEventChange, CalendarEventView> {
  readonly section = 'calendarEvents';
  readonly noun = 'calendar event';
  readonly table = CalendarEvent;
  readonly permissions = CalendarEventPermission;
  readonly listing = calendarEventListing;
  override readonly moment = 'startsAt';
  readonly history = {
    entity: 'calendar_event' as const,
    members: [
      ...(['customerUserId', 'ownerId', 'title', 'description', 'startsAt', 'endsAt', 'timeZone', 'allDay', 'reminderMinutes'] as const),
    ],
    // Others are invited, who may have themselves erased.
    secrets: ['attendees'] as const,
  };

  constructor(private readonly attendees: Attendees) {
    super();
  }

  async apply(row: CalendarEvent, { attendees: wanted, startsAt, endsAt, ownerId: _owner, ...members }: CalendarEventChange) {
    const defaults = { description: null, timeZone: 'UTC', allDay: false, reminderMinutes: [], attendees: [] };
    const given = Object.entries(members).filter(([, value]) => value !== undefined);
    Object.assign(row, { ...defaults, ...row }, Object.fromEntries(given));
    if (startsAt !== undefined) row.startsAt = new Date(startsAt);
    if (endsAt !== undefined) row.endsAt = new Date(endsAt);
    const faults = row.endsAt < row.startsAt ? [endsBeforeStart] : [];
    if (!wanted) return faults;
    const read = await this.attendees.read(row.organizationId, wanted);
    row.attendees = read.attendees;
    return [...faults, ...read.faults];
  }

  override complete(rows: readonly CalendarEvent[]): Promise<void> {
    return this.attendees.complete(rows);
  }

  override keepBelongings(row: CalendarEvent): Promise<void> {
    return this.attendees.replace(row);
  }

  contentsOf(rows: readonly CalendarEvent[]) {
    return rows.map(({ title, description, startsAt, endsAt, timeZone, allDay, attendees, reminderMinutes }) => {
      return { title, description, startsAt, endsAt, timeZone, allDay, attendees, reminderMinutes };
    });
  }
}
