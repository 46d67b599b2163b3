import type { AttachmentView } from '../../src/records/about-people/attachments.dto.js';
import type { NoteView } from '../../src/records/about-people/notes.dto.js';
import { type Form, multipart } from '../support/imports/multipart.js';
import type { CalendarEventView } from '../../src/records/about-people/calendar-events.dto.js';
import type { RecordView } from '../../src/records/about-people/record.dto.js';
import type { Answer } from '../support/client.js';
import type { Caller, Refused } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type RecordBody = Json<RecordView> & Record<string, unknown>;
export type EventBody = Json<CalendarEventView>;
export type AttachmentBody = Json<AttachmentView>;
export type NoteBody = Json<NoteView>;

/** The kinds of records about customer users: how one is made over HTTP, and changed. */
export interface RecordKindOnTrial {
  readonly path: string;
  readonly entity: string;
  readonly add: (caller: Caller, personId: number, members?: object) => Promise<Answer<Refused>>;
  /** A change of what it says, and the text that it replaces. */
  readonly change: object;
  readonly said: string;
}

const posting =
  (path: string, draft: object): RecordKindOnTrial['add'] =>
  (caller, personId, members = {}) =>
    caller.post(`/admin/api/customer-users/${personId}/${path}`, { ...draft, ...members });

export const A_VISIT = { title: 'Visit to hall 3', startsAt: '2027-03-01T08:00:00.000Z', endsAt: '2027-03-01T09:30:00.000Z' };

export const RECORD_KINDS: readonly RecordKindOnTrial[] = [
  {
    ...{ path: 'notes', entity: 'note', add: posting('notes', { text: 'Wants the blue one.' }) },
    ...{ change: { text: 'Wants the red one.' }, said: 'Wants the blue one.' },
  },
  {
    ...{ path: 'calendar-events', entity: 'calendar_event', add: posting('calendar-events', A_VISIT) },
    ...{ change: { title: 'Visit to hall 4' }, said: A_VISIT.title },
  },
  {
    ...{ path: 'attachments', entity: 'attachment', change: { comment: 'Superseded.' }, said: 'Signed by both.' },
    add: (caller, personId, members = {}) => {
      const texts = Object.entries(members).map(([name, value]) => [name, String(value)] as const);
      const form = { file: 'A contract.', fields: { comment: 'Signed by both.', ...Object.fromEntries(texts) } };
      return anUpload(caller, `/admin/api/customer-users/${personId}/attachments`, form);
    },
  },
];

/** Sends a file to where attachments are taken. */
export function anUpload(caller: Caller, path: string, form: Form, headers: Record<string, string> = {}) {
  const { body, type } = multipart(form);
  return caller.post<AttachmentBody & Refused>(path, body, { ...headers, 'content-type': type });
}

/** A record about somebody, made over HTTP. */
export async function aRecord(kind: RecordKindOnTrial, caller: Caller, personId: number, members: object = {}) {
  const record = created(await kind.add(caller, personId, members)) as unknown as RecordBody;
  return { ...record, url: `/admin/api/customer-users/${personId}/${kind.path}/${record.id}` };
}
