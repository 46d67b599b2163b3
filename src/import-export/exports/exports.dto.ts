import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsObject, IsString, MaxLength } from 'class-validator';
import { Clearable, IsLine, LeftOut } from '../../platform/http/index.js';
import { UserSummary } from '../../users/index.js';
import { EXPORT_STATUSES, type ExportStatus, type Format, FORMATS } from './export.entity.js';
import { FailureView } from '../imports/imports.dto.js';

export class ExportDraft {
  /** What to export: `customer-users`. */
  @IsLine(60)
  entity: string;

  /** The filters of the entity's list: by name a value, or values by operator. */
  @LeftOut()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { enabled: true, email: { contains: 'acme' } } })
  filter: object = {};

  /** As in the entity's list: `-createdAt,email`. */
  @Clearable()
  @IsLine(255)
  sort?: string | null;

  /** Words to search for, as in the entity's list. */
  @Clearable()
  @IsLine(255)
  q?: string | null;

  /** Headers or member names, in the order of the file. Without them, those that an import takes. */
  @Clearable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(255, { each: true })
  columns?: string[] | null;

  @LeftOut()
  @IsIn(FORMATS)
  @ApiPropertyOptional({ enum: FORMATS, default: 'csv' })
  format: Format = 'csv';
}

export class ExportView {
  id: number;
  entity: string;

  @ApiProperty({ enum: FORMATS })
  format: Format;

  @ApiProperty({ type: 'object', additionalProperties: true })
  filter: object;

  sort: string | null;
  q: string | null;
  columns: string[] | null;

  @ApiProperty({ enum: EXPORT_STATUSES })
  status: ExportStatus;

  /** Rows below the header so far. */
  rows: number;
  /** From 0 to 1. */
  progress: number;
  /** Counted while the first rows are written; `null` before that, and where it takes too long. */
  totalRows: number | null;
  /** Since it began, or over all of it once it is over; `null` before the first rows. */
  rowsPerSecond: number | null;
  /** At that speed; `null` while it cannot be told, and once it is over. */
  secondsLeft: number | null;
  sizeBytes: number;
  /** Where the file is fetched, once it is whole; `null` once it is removed. */
  file: string | null;
  error: FailureView | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When the file is removed. */
  expiresAt: Date | null;
  createdAt: Date;
  createdBy: UserSummary;
  version: number;
}
