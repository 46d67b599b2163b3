import { Index } from 'typeorm';
import { LongText, Reference } from '../../platform/database/index.js';
import { PersonRecord, PersonRecordTable } from './person-record.js';

/** What somebody at the merchant's wrote down about a customer user. */
@PersonRecordTable('notes')
@Index('ix_notes_attachment', ['attachmentId'])
export class Note extends PersonRecord {
  @LongText()
  text: string;

  /** An attachment of the same customer user. No foreign key: who deletes it takes it from its notes, and the history tells. */
  @Reference({ nullable: true })
  attachmentId: number | null;
}
