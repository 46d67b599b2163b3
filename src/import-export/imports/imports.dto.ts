import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject } from 'class-validator';
import { IsLine, LeftOut } from '../../platform/http/index.js';
import { UserSummary } from '../../users/index.js';
import { IMPORT_STATUSES, type ImportStatus } from './import.entity.js';
import { MAILS, type Mails, type Mode, MODES, STRATEGIES, type Strategy } from './import-profile.js';

/** The fields of an upload, beside its file. */
export class ImportDraft {
  /** What the rows are: `customer-users`. */
  @IsLine(60)
  entity: string;

  /** `validate` does everything but write. */
  @LeftOut()
  @IsIn(MODES)
  @ApiProperty({ enum: MODES, default: 'import', required: false })
  mode: Mode = 'import';

  @LeftOut()
  @IsIn(STRATEGIES)
  @ApiProperty({ enum: STRATEGIES, default: 'add-or-replace', required: false })
  strategy: Strategy = 'add-or-replace';

  @LeftOut()
  @IsIn(MAILS)
  @ApiProperty({ enum: MAILS, default: 'none', required: false })
  mails: Mails = 'none';

  /** By a header of the file, the column that it stands for. */
  @LeftOut()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, example: { 'E-Mail': 'Email Address' } })
  mapping: Record<string, string> = {};

  /** Keeps what each row would change, for `/imports/{id}/differences`; taken with the mode `validate` alone. */
  @LeftOut()
  @IsIn(['true', 'false'])
  @ApiProperty({ enum: ['true', 'false'], default: 'false', required: false })
  differences: 'true' | 'false' = 'false';

  /** Imports a file again that was imported a moment ago. */
  @LeftOut()
  @IsIn(['true', 'false'])
  @ApiProperty({ enum: ['true', 'false'], default: 'false', required: false })
  force: 'true' | 'false' = 'false';
}

export class ImportCountsView {
  read: number;
  added: number;
  replaced: number;
  unchanged: number;
  deleted: number;
  failed: number;
}

export class ImportWarningView {
  column: string;
  code: string;
  detail: string;
}

/** Why a whole import or export failed. */
export class FailureView {
  code: string;
  detail: string;
}

export class ImportView {
  id: number;
  entity: string;

  @ApiProperty({ enum: MODES })
  mode: Mode;

  @ApiProperty({ enum: STRATEGIES })
  strategy: Strategy;

  @ApiProperty({ enum: MAILS })
  mails: Mails;

  @ApiProperty({ enum: IMPORT_STATUSES })
  status: ImportStatus;

  fileName: string;
  sizeBytes: number;
  sha256: string;
  counts: ImportCountsView;
  /** From 0 to 1. */
  progress: number;
  /** Known once the whole file was looked through. */
  totalRows: number | null;
  /** Since it began, or over all of it once it is over; `null` before the first rows. */
  rowsPerSecond: number | null;
  /** At that speed; `null` while it cannot be told, and once it is over. */
  secondsLeft: number | null;
  /** Columns that were not understood. */
  warnings: ImportWarningView[];
  /** Why it failed as a whole. */
  error: FailureView | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** When its files are removed. */
  expiresAt: Date | null;
  createdAt: Date;
  createdBy: UserSummary;
  version: number;
}

export class ImportDifferenceView {
  /** Counted from 1; the header is not counted. */
  @ApiProperty({ example: 1 })
  row: number;

  @ApiProperty({ enum: ['added', 'replaced', 'deleted'] })
  outcome: string;

  /** Old and new value by member. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { lastName: { old: 'Cole', new: 'Cole-Reyes' } } })
  changes: object;
}

export class ImportErrorView {
  /** Counted from 1; the header is not counted. */
  @ApiProperty({ example: 1 })
  row: number;

  @ApiProperty({ example: 'Email Address' })
  column: string | null;

  @ApiProperty({ example: 'not_an_email' })
  code: string;

  @ApiProperty({ example: 'row 1, Email Address: not a valid email address' })
  detail: string;

  value: string | null;
}
