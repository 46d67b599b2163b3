import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Clearable, IsBody, IsId, LeftOut } from '../../platform/http/index.js';
import { RecordDraft, RecordView } from './record.dto.js';

class AttachmentMembers extends RecordDraft {
  /** What the file is, or is for. */
  @Clearable()
  @IsBody(2_000)
  @ApiProperty({ example: 'The signed frame contract.', nullable: true })
  comment?: string | null;
}

/** The fields of an upload, beside its file: texts all of them, and empty where a form leaves one open. */
export class AttachmentDraft extends AttachmentMembers {
  @Transform(({ value }: { value: unknown }) => (value === '' ? null : value))
  override comment?: string | null;

  @Transform(({ value }: { value: unknown }) => (/^[1-9]\d{0,15}$/.test(String(value)) ? Number(value) : value === '' ? undefined : value))
  @LeftOut()
  @IsId()
  override ownerId?: number;
}

export class AttachmentChange extends PartialType(AttachmentMembers, { skipNullProperties: false }) {}

/** The file itself is below, at `/file`. */
export class AttachmentView extends RecordView {
  @ApiProperty({ example: 'frame-contract.pdf' })
  fileName: string;
  /** As whoever uploaded it has it; nobody has looked whether it is true. */
  @ApiProperty({ example: 'application/pdf' })
  mediaType: string;
  @ApiProperty({ type: 'integer', example: 48_211 })
  sizeBytes: number;
  /** Of the content, in hexadecimal. */
  sha256: string;
  comment: string | null;
}
