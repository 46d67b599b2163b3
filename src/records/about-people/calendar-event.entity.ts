import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Flag, Instant, Json, KeyReference, LongText, Reference, Text } from '../../platform/database/index.js';
import { PersonRecord, PersonRecordTable } from './person-record.js';

/** What somebody who is invited answered. */
export const ATTENDANCES = ['none', 'accepted', 'tentative', 'declined'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

/** A call, a visit or a meeting with a customer user. */
@PersonRecordTable('calendar_events')
@Index('ix_calendar_events_starts_at', ['customerUserId', 'startsAt', 'id'])
export class CalendarEvent extends PersonRecord {
  @Text(255)
  title: string;

  @LongText({ nullable: true })
  description: string | null;

  @Instant()
  startsAt: Date;

  @Instant()
  endsAt: Date;

  /** Where the event is planned: a name of the IANA database. */
  @Text(64)
  timeZone: string;

  @Flag()
  allDay: boolean;

  /** Minutes before the start. */
  @Json()
  reminderMinutes: number[];

  /** Kept in a table of their own; there once they have been read. */
  attendees: Pick<CalendarEventAttendee, 'email' | 'name' | 'userId' | 'status'>[];
}

/** Who is invited to an event. */
@Entity('calendar_event_attendees')
@Index('ix_calendar_event_attendees_email', ['emailLower', 'eventId'])
@Index('ix_calendar_event_attendees_user', ['userId'])
export class CalendarEventAttendee {
  @ForeignKey('calendar_events', { name: 'fk_calendar_event_attendees_event', onDelete: 'CASCADE' })
  @KeyReference()
  eventId: number;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  emailLower: string;

  @Text(255)
  email: string;

  @Text(511, { nullable: true })
  name: string | null;

  /** Where it is a colleague. */
  @ForeignKey('users', { name: 'fk_calendar_event_attendees_user', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  userId: number | null;

  @Text(10)
  status: Attendance;
}
