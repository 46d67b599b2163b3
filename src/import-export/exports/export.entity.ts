import { Entity, ForeignKey, Index } from 'typeorm';
import { BigInteger, Integer, Json, Reference, Text } from '../../platform/database/index.js';
import { Run } from '../run.entity.js';

export const EXPORT_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

export const FORMATS = ['csv', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** What was asked for, kept as the request wrote it. */
export interface Selection {
  filter: object;
  sort: string | null;
  /** The free text of a search; missing in exports of before there were any. */
  q?: string | null;
  /** `null` for the columns that the profile gives by itself. */
  columns: string[] | null;
}

/** How far an export's file is written. */
export interface Progress {
  /** How many columns each repeated one has. */
  widths: Record<string, number>;
  /** The list's cursor behind the last row in the file. */
  cursor: string | null;
  /** Bytes of the file that are committed. */
  offset: number;
  /** Rows that there are in all; missing while they are not counted. */
  total?: number;
}

/** The export of one list into a file. */
@Entity('exports')
@Index('ix_exports_organization', ['organizationId', 'id'])
export class Export extends Run {
  @ForeignKey('organizations', { name: 'fk_exports_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  @Text(10)
  format: Format;

  @Json()
  selection: Selection;

  @Text(25)
  status: ExportStatus;

  @Text(64, { nullable: true })
  fileKey: string | null;

  @Json({ nullable: true })
  progress: Progress | null;

  @Integer()
  rows: number;

  @BigInteger()
  sizeBytes: number;

  @ForeignKey('users', { name: 'fk_exports_created_by', onDelete: 'RESTRICT' })
  @Reference()
  createdById: number;
}
