import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { Clearable, IsBody, IsId } from '../../platform/http/index.js';
import { RecordDraft, RecordView } from './record.dto.js';

export class NoteDraft extends RecordDraft {
  @IsBody(20_000)
  @Matches(/\S/u, { message: '$property must not be blank' })
  @ApiProperty({ example: 'Called about the delivery of hall 3; wants an answer by Friday.' })
  text: string;

  /** A file that comes with it: an attachment of the same customer user. */
  @Clearable()
  @IsId()
  @ApiProperty({ example: 1, nullable: true })
  attachmentId?: number | null;
}

export class NoteChange extends PartialType(NoteDraft, { skipNullProperties: false }) {}

/** The file that comes with a note. */
export class NoteAttachmentView {
  id: number;
  fileName: string;
  mediaType: string;
  @ApiProperty({ type: 'integer' })
  sizeBytes: number;
}

export class NoteView extends RecordView {
  text: string;
  attachmentId: number | null;
  @ApiProperty({ type: () => NoteAttachmentView, nullable: true })
  attachment: NoteAttachmentView | null;
}
