import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { FileStore } from '../platform/files/index.js';
import type { JobRun } from '../platform/jobs/index.js';
import { detectEncoding, toUtf8 } from './csv/index.js';
import { Import } from './import.entity.js';
import type { ImportProfile } from './import-profile.js';
import { openSheet, type ScannedSheet } from './sheet.js';

/** Latin-1 grows up to threefold in UTF-8, and uploads are limited. */
const MAX_BYTES = 4 * 1_073_741_824;

/** Looks through the whole file before any of it is imported. */
@Injectable()
export class ImportPreparation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileStore,
  ) {}

  /** The file's rows, found readable from the first to the last. Throws `FileUnreadable`. */
  async prepare(row: Import, profile: ImportProfile, run: JobRun): Promise<ScannedSheet<object>> {
    const { key, start } = await this.inUtf8(row, run);
    const file = await openSheet(this.files, key, start, profile, row.mapping);
    await this.work.run(async () => {
      await run.fence();
      const known = { status: 'running' as const, totalRows: file.total, warnings: [...file.sheet.header.warnings] };
      await this.work.repository(Import).update({ id: row.id }, known);
    });
    return file;
  }

  private async inUtf8(row: Import, run: JobRun): Promise<{ key: string; start: number }> {
    if (row.contentKey !== null) return { key: row.contentKey, start: 0 };
    const encoding = await detectEncoding(await this.files.read(row.fileKey));
    if (encoding.name === 'utf-8') return { key: row.fileKey, start: encoding.bom };
    const text = Readable.from(toUtf8(await this.files.read(row.fileKey), encoding), { objectMode: false });
    const { key } = await this.files.put(text, { maxBytes: MAX_BYTES });
    row.contentKey = key;
    await this.work.run(async () => {
      await run.fence();
      await this.work.repository(Import).update({ id: row.id }, { contentKey: key });
    });
    return { key, start: 0 };
  }
}
