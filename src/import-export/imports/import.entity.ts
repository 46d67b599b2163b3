import { Entity, ForeignKey, Index } from 'typeorm';
import { BigInteger, Flag, Id, Integer, Json, LongText, Reference, Text } from '../../platform/database/index.js';
import type { ClaimKind } from './claims.js';
import type { Differences } from './differences.js';
import type { Outcome } from './import-row.js';
import type { ImportWarning, Mapping } from './header.js';
import type { Mails, Mode, Strategy } from './import-profile.js';
import type { Scan } from './sheet.js';
import { Run } from '../run.entity.js';

export const IMPORT_STATUSES = ['queued', 'validating', 'running', 'completed', 'completed-with-errors', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The import of one file: what was asked for, how far it is, and what came of it. */
@Entity('imports')
@Index('ix_imports_organization', ['organizationId', 'id'])
@Index('ix_imports_sha256', ['sha256'])
export class Import extends Run {
  @ForeignKey('organizations', { name: 'fk_imports_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(10)
  mode: Mode;

  @Text(20)
  strategy: Strategy;

  @Text(10)
  mails: Mails;

  @Json()
  mapping: Mapping;

  @Text(25)
  status: ImportStatus;

  @Text(255)
  fileName: string;

  @Text(64)
  fileKey: string;

  @BigInteger()
  sizeBytes: number;

  @Text(64, { name: 'sha256' })
  sha256: string;

  /** The same file in UTF-8, where it was uploaded in another encoding. */
  @Text(64, { nullable: true })
  contentKey: string | null;

  /** What was found out as the whole file was looked through; missing in imports of before it was kept. */
  @Json({ nullable: true })
  scan: Scan | null;

  /** Known once the whole file was looked through. */
  @Integer({ nullable: true })
  totalRows: number | null;

  /** The last row of the last committed batch. */
  @Integer()
  rowsRead: number;

  /** The byte behind that row. */
  @BigInteger()
  position: number;

  @Integer()
  added: number;

  @Integer()
  replaced: number;

  @Integer()
  unchanged: number;

  @Integer()
  deleted: number;

  @Integer()
  failed: number;

  @Json()
  warnings: ImportWarning[];

  /** What each row changes is kept. */
  @Flag()
  differences: boolean;

  @Flag()
  cancelRequested: boolean;

  @ForeignKey('users', { name: 'fk_imports_created_by', onDelete: 'RESTRICT' })
  @Reference()
  createdById: number;
}

/** One reason for which one row was not imported. */
@Entity('import_errors')
@Index('ix_import_errors_row', ['importId', 'row', 'id'])
export class ImportError {
  @Id()
  id: number;

  @ForeignKey('imports', { name: 'fk_import_errors_import', onDelete: 'CASCADE' })
  @Reference()
  importId: number;

  @Integer({ name: 'row_number' })
  row: number;

  @Text(255, { name: 'column_name', nullable: true })
  column: string | null;

  @Text(100)
  code: string;

  @LongText()
  detail: string;

  /** The cell as it was, cut off after 1 000 characters. */
  @Text(1_000, { nullable: true })
  value: string | null;
}

/** What one row changes, kept where it was asked for. */
@Entity('import_differences')
@Index('ix_import_differences_row', ['importId', 'row', 'id'])
export class ImportDifference {
  @Id()
  id: number;

  @ForeignKey('imports', { name: 'fk_import_differences_import', onDelete: 'CASCADE' })
  @Reference()
  importId: number;

  @Integer({ name: 'row_number' })
  row: number;

  @Text(10)
  outcome: Outcome;

  @Json()
  changes: Differences;
}

/** What a row did with a key that its file has more than once. */
@Entity('import_claims')
@Index('uq_import_claims', ['importId', 'keyHash'], { unique: true })
export class ImportClaim {
  @Id()
  id: number;

  @ForeignKey('imports', { name: 'fk_import_claims_import', onDelete: 'CASCADE' })
  @Reference()
  importId: number;

  /** SHA-256. */
  @Text(64)
  keyHash: string;

  @Text(10)
  kind: ClaimKind;

  @Integer({ name: 'row_number' })
  row: number;
}
