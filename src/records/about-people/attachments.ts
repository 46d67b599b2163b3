import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../../platform/database/index.js';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import type { StoredFile } from '../../platform/files/index.js';
import { History } from '../../platform/history/index.js';
import { defineListing } from '../../platform/listing/index.js';
import { Attachment } from './attachment.entity.js';
import type { AttachmentChange, AttachmentView } from './attachments.dto.js';
import { NOTE_HISTORY } from './note-history.js';
import { Note } from './note.entity.js';
import { recordFields } from './record-fields.js';
import { RecordKind, recordPermissions } from './record-kind.js';

export const AttachmentPermission = recordPermissions('attachment', 'Attachment', 'Files that belong to customer users.');

export const attachmentListing = defineListing({
  id: 'attachment.id',
  defaultSort: '-createdAt',
  fields: {
    ...recordFields('attachment'),
    fileName: { column: 'attachment.fileName', type: 'text' },
    mediaType: { column: 'attachment.mediaType', type: 'text' },
    sizeBytes: { column: 'attachment.sizeBytes', type: 'integer' },
    comment: { column: 'attachment.comment', type: 'text', nullable: true },
  },
});

/** What a new attachment comes with, and what a change of one may give: the file stays. */
export type AttachmentContent = AttachmentChange & { readonly upload?: { file: StoredFile; fileName: string; mediaType: string } };

/** Files that belong to customer users. */
@Injectable()
export class Attachments extends RecordKind<Attachment, AttachmentContent, AttachmentView> {
  readonly section = 'attachments';
  readonly noun = 'attachment';
  readonly table = Attachment;
  readonly permissions = AttachmentPermission;
  readonly listing = attachmentListing;
  readonly history = {
    entity: 'attachment',
    members: ['customerUserId', 'ownerId', 'fileName', 'mediaType', 'sizeBytes', 'sha256', 'comment'],
  } as const;

  constructor(
    private readonly work: UnitOfWork,
    private readonly files: ExpectedFiles,
    private readonly past: History,
  ) {
    super();
  }

  apply(row: Attachment, { comment, upload }: AttachmentContent): [] {
    if (upload) {
      const { file, fileName, mediaType } = upload;
      Object.assign(row, { fileKey: file.key, fileName, mediaType, sizeBytes: file.sizeBytes, sha256: file.sha256, comment: null });
    }
    if (comment !== undefined) row.comment = comment;
    return [];
  }

  contentsOf(rows: readonly Attachment[]) {
    return rows.map(({ fileName, mediaType, sizeBytes, sha256, comment }) => ({ fileName, mediaType, sizeBytes, sha256, comment }));
  }

  /** The files go after the commit; notes that they came with stay. */
  override async release(rows: readonly Attachment[]): Promise<void> {
    const notes = await this.work.repository(Note).findBy({ attachmentId: In(rows.map(({ id }) => id)) });
    const bare = notes.map((note) => ({ before: note, after: Object.assign(new Note(), note, { attachmentId: null }) }));
    await this.work.repository(Note).save(bare.map(({ after }) => after));
    await this.past.changedMany(NOTE_HISTORY, bare);
    await this.files.release(rows.map(({ fileKey }) => fileKey));
  }
}
