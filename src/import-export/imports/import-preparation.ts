import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../../organizations/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import { FileStore } from '../../platform/files/index.js';
import type { JobRun } from '../../platform/jobs/index.js';
import { detectEncoding, toUtf8 } from '../csv/index.js';
import { Import } from './import.entity.js';
import type { ImportProfile } from './import-profile.js';
import { RepeatedKeys } from './repeated-keys.js';
import { type Expected, openSheet, reopenSheet, type ScannedSheet, type Sheet } from './sheet.js';

/** Of Latin-1, which grows up to threefold in UTF-8. Uploads are limited. */
const MAX_BYTES = 3 * 16_384 * 1_048_576;

/** Looks through the whole file before any of it is imported, once. */
@Injectable()
export class ImportPreparation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileStore,
    private readonly expectedFiles: ExpectedFiles,
    private readonly settings: Settings,
  ) {}

  /** The file's rows, found readable from the first to the last. Throws `FileUnreadable`. */
  async prepare(row: Import, profile: ImportProfile, run: JobRun): Promise<ScannedSheet> {
    const { scan, totalRows } = row;
    if (scan && totalRows !== null) {
      const sheet = reopenSheet(this.files, row.contentKey ?? row.fileKey, scan, await this.expected(row, profile));
      return { sheet, total: totalRows, repeated: await this.repeatedOf(scan.repeatedKey) };
    }
    const { key, start } = await this.inUtf8(row, run);
    const file = await openSheet(this.files, key, start, await this.expected(row, profile));
    const found = { ...file.scan, repeatedKey: await this.keep(file.repeated) };
    row.scan = found;
    await this.record(row.id, run, {
      status: 'running',
      totalRows: file.total,
      warnings: [...file.sheet.header.warnings],
      scan: { ...found, header: [...found.header] },
    });
    return file;
  }

  /** The rows of the file, whatever became of it. Throws `FileMissing` and `FileUnreadable`. */
  async reopen(row: Import, profile: ImportProfile): Promise<Sheet> {
    const expected = await this.expected(row, profile);
    if (row.scan) return reopenSheet(this.files, row.contentKey ?? row.fileKey, row.scan, expected);
    const start = row.contentKey === null ? (await detectEncoding(await this.files.read(row.fileKey))).bom : 0;
    return (await openSheet(this.files, row.contentKey ?? row.fileKey, start, expected)).sheet;
  }

  private async expected({ mapping, organizationId }: Import, profile: ImportProfile): Promise<Expected> {
    const maxRows = await this.settings.get(settings.importRows);
    return { columns: await profile.columnsFor(organizationId), mapping, keys: profile.keys, maxRows };
  }

  private async inUtf8(row: Import, run: JobRun): Promise<{ key: string; start: number }> {
    if (row.contentKey !== null) return { key: row.contentKey, start: 0 };
    const encoding = await detectEncoding(await this.files.read(row.fileKey));
    if (encoding.name === 'utf-8') return { key: row.fileKey, start: encoding.bom };
    const text = Readable.from(toUtf8(await this.files.read(row.fileKey), encoding), { objectMode: false });
    const { key } = await this.files.put(text, { maxBytes: MAX_BYTES, announce: this.expectedFiles.expect });
    row.contentKey = key;
    await this.record(row.id, run, { contentKey: key });
    return { key, start: 0 };
  }

  private async keep(repeated: RepeatedKeys): Promise<string | null> {
    const bytes = repeated.toBytes();
    if (bytes.length === 0) return null;
    const options = { maxBytes: bytes.length, announce: this.expectedFiles.expect };
    return (await this.files.put(Readable.from([bytes], { objectMode: false }), options)).key;
  }

  private async repeatedOf(key: string | null): Promise<RepeatedKeys> {
    return key === null ? new RepeatedKeys() : RepeatedKeys.fromBytes(await buffer(await this.files.read(key)));
  }

  private async record(id: number, run: JobRun, known: Partial<Pick<Import, 'status' | 'totalRows' | 'warnings' | 'contentKey' | 'scan'>>) {
    await this.work.run(async () => {
      await run.fence();
      await this.work.repository(Import).update({ id }, known);
    });
  }
}
