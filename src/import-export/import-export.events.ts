import type { ExportStatus } from './exports/export.entity.js';
import type { ImportStatus } from './imports/import.entity.js';
import type { Mode } from './imports/import-profile.js';

export interface ImportCounts {
  read: number;
  added: number;
  replaced: number;
  unchanged: number;
  deleted: number;
  failed: number;
}

/** An import, or a validation, came to its end: done, failed or cancelled. */
export class ImportFinished {
  constructor(
    readonly importId: number,
    readonly organizationId: number,
    /** The console user who started it. */
    readonly userId: number,
    readonly entity: string,
    /** The entity in words, in the plural. */
    readonly label: string,
    readonly fileName: string,
    readonly mode: Mode,
    readonly status: ImportStatus,
    readonly counts: ImportCounts,
    /** Why it failed as a whole. */
    readonly reason: string | null,
  ) {}
}

/** An export came to its end: done or failed. */
export class ExportFinished {
  constructor(
    readonly exportId: number,
    readonly organizationId: number,
    /** The console user who started it. */
    readonly userId: number,
    readonly entity: string,
    /** The entity in words, in the plural. */
    readonly label: string,
    readonly status: ExportStatus,
    readonly rows: number,
    readonly keptDays: number,
    readonly reason: string | null,
  ) {}
}
