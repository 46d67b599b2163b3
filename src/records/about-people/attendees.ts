import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../../platform/database/index.js';
import type { MemberFault } from '../../platform/errors/index.js';
import { type DataSubject, ERASED, PersonalData } from '../../platform/personal-data/index.js';
import { Users } from '../../users/index.js';
import { CalendarEvent, CalendarEventAttendee } from './calendar-event.entity.js';
import type { AttendeeDraft } from './calendar-events.dto.js';

type Attendee = CalendarEvent['attendees'][number];

/** Who is invited to events: also customer users, by their email address, to events that are about others. */
@Injectable()
export class Attendees extends PersonalData {
  readonly section = 'invitations';
  readonly tables = ['calendar_event_attendees'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
  ) {
    super();
  }

  /** The attendees of a draft, as far as they are right, with what is wrong with the others. */
  async read(organizationId: number, drafts: readonly AttendeeDraft[]): Promise<{ attendees: Attendee[]; faults: MemberFault[] }> {
    const ids = drafts.flatMap(({ userId }) => userId ?? []);
    const emails = await this.users.emailsOf(organizationId, ids);
    const names = await this.users.summaries(ids);
    const taken = new Set<string>();
    const attendees: Attendee[] = [];
    const faults: MemberFault[] = [];
    for (const [index, { userId = null, name = null, status = 'none', ...draft }] of drafts.entries()) {
      const fault = (code: string, detail: string) => void faults.push({ pointer: `/attendees/${index}`, code, detail });
      const email = userId === null ? draft.email : emails.get(userId);
      if ((userId === null) === (draft.email === undefined)) fault('calendar_events.attendee_unclear', 'Give either userId or email.');
      else if (email === undefined) fault('calendar_events.attendee_unknown', 'There is no such user.');
      else if (taken.has(email.toLowerCase())) fault('repeated', 'This attendee is invited already.');
      else attendees.push({ email, name: (userId !== null && names.get(userId)?.fullName) || name, userId, status });
      if (email !== undefined) taken.add(email.toLowerCase());
    }
    return { attendees: attendees.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)), faults };
  }

  /** Puts their attendees into the events. */
  async complete(events: readonly CalendarEvent[]): Promise<void> {
    const where = { eventId: In(events.map(({ id }) => id)) };
    const found = events.length === 0 ? [] : await this.rows.find({ where, order: { eventId: 'ASC', emailLower: 'ASC' } });
    for (const event of events)
      event.attendees = found
        .filter(({ eventId }) => eventId === event.id)
        .map(({ email, name, userId, status }) => ({ email, name, userId, status }));
  }

  async replace({ id, attendees }: CalendarEvent): Promise<void> {
    await this.rows.delete({ eventId: id });
    if (attendees.length > 0) await this.rows.insert(attendees.map((each) => ({ ...each, eventId: id, emailLower: keyOf(each) })));
  }

  async collect(subject: DataSubject): Promise<unknown> {
    const found = await this.of(subject);
    const events = await this.work.repository(CalendarEvent).findBy({ id: In(found.map(({ eventId }) => eventId)) });
    return found.flatMap(({ eventId, email, name, status }) => {
      const event = events.find(({ id }) => id === eventId);
      return event ? [{ eventId, title: event.title, startsAt: event.startsAt, endsAt: event.endsAt, email, name, status }] : [];
    });
  }

  /** The invitation stays, and says no more whose it is. */
  async erase(subject: DataSubject): Promise<void> {
    const { email } = subject.pseudonym;
    const told = new Set<number>();
    for (const { eventId, emailLower } of await this.of(subject)) {
      // Once an event, by however many of his addresses he was invited.
      if (told.has(eventId)) await this.rows.delete({ eventId, emailLower });
      else await this.rows.update({ eventId, emailLower }, { email, emailLower: email.toLowerCase(), name: ERASED });
      told.add(eventId);
    }
  }

  private async of({ organizationId, emails }: DataSubject): Promise<CalendarEventAttendee[]> {
    if (emails.length === 0) return [];
    return this.rows
      .createQueryBuilder('attendee')
      .innerJoin(CalendarEvent, 'event', 'event.id = attendee.eventId AND event.organizationId = :organizationId', { organizationId })
      .where('attendee.emailLower IN (:...emails)', { emails: emails.map((email) => email.toLowerCase()) })
      .andWhere('attendee.userId IS NULL')
      .orderBy('attendee.eventId')
      .getMany();
  }

  private get rows() {
    return this.work.repository(CalendarEventAttendee);
  }
}

const keyOf = ({ email }: Attendee): string => email.toLowerCase();
