import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { MemberFault } from '../../platform/errors/index.js';
import { defineListing } from '../../platform/listing/index.js';
import { Attachment } from './attachment.entity.js';
import { Attachments } from './attachments.js';
import { NOTE_HISTORY } from './note-history.js';
import { Note } from './note.entity.js';
import type { NoteChange, NoteView } from './notes.dto.js';
import { recordFields } from './record-fields.js';
import { RecordKind, recordPermissions } from './record-kind.js';
import { RecordRows } from './record-rows.js';

export const NotePermission = recordPermissions('note', 'Note', 'What was written down about customer users.');

export const noteListing = defineListing({
  id: 'note.id',
  defaultSort: '-createdAt',
  fields: { ...recordFields('note'), text: { column: 'note.text', type: 'text' } },
});

const attachmentUnknown: MemberFault = {
  pointer: '/attachmentId',
  code: 'notes.attachment_unknown',
  detail: 'The customer user has no such attachment.',
};

/** Notes about customer users. */
@Injectable()
export class Notes extends RecordKind<Note, NoteChange, NoteView> {
  readonly section = 'notes';
  readonly noun = 'note';
  readonly table = Note;
  readonly permissions = NotePermission;
  readonly listing = noteListing;
  readonly history = NOTE_HISTORY;

  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly attachments: Attachments,
  ) {
    super();
  }

  async apply(row: Note, { text = row.text, attachmentId = row.attachmentId ?? null }: NoteChange): Promise<MemberFault[]> {
    const isUnknown = attachmentId !== null && attachmentId !== row.attachmentId && !(await this.isThere(row.customerUserId, attachmentId));
    Object.assign(row, { text, attachmentId });
    return isUnknown ? [attachmentUnknown] : [];
  }

  async contentsOf(rows: readonly Note[]) {
    const ids = rows.flatMap(({ attachmentId }) => attachmentId ?? []);
    const found = ids.length === 0 ? [] : await this.work.repository(Attachment).findBy({ id: In(ids) });
    const attachments = new Map(found.map(({ id, fileName, mediaType, sizeBytes }) => [id, { id, fileName, mediaType, sizeBytes }]));
    return rows.map(({ text, attachmentId }) => {
      return { text, attachmentId, attachment: (attachmentId !== null && attachments.get(attachmentId)) || null };
    });
  }

  private isThere(customerUserId: number, id: number): Promise<boolean> {
    const rows = new RecordRows(this.work, this.context, this.attachments, customerUserId);
    return rows.reached().andWhere('attachment.id = :id', { id }).getExists();
  }
}
