import { Index } from 'typeorm';
import { BigInteger, LongText, Text } from '../../platform/database/index.js';
import { PersonRecord, PersonRecordTable } from './person-record.js';

/** A file that belongs to a customer user. */
@PersonRecordTable('attachments')
@Index('uq_attachments_file_key', ['fileKey'], { unique: true })
export class Attachment extends PersonRecord {
  /** In the store of files. */
  @Text(36)
  fileKey: string;

  @Text(255)
  fileName: string;

  /** As whoever uploaded it has it. */
  @Text(127)
  mediaType: string;

  @BigInteger()
  sizeBytes: number;

  @Text(64)
  sha256: string;

  @LongText({ nullable: true })
  comment: string | null;
}
