import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { DomainError, NotFound } from '../../platform/errors/index.js';
import { FileMissing, FileStore } from '../../platform/files/index.js';
import { csvLine, original } from '../csv/index.js';
import { ERRORS_HEADER } from './header.js';
import { Import, ImportError } from './import.entity.js';
import { ImportPreparation } from './import-preparation.js';
import { isFinished } from './import.view.js';
import { importErrorListing } from './imports.listing.js';
import { Imports } from './imports.service.js';
import { Profiles } from '../profiles.js';
import { FileExpired } from '../run.js';

/** Writes the rows that failed as a file, out of the uploaded one, while it is sent. */
@Injectable()
export class ErrorFiles {
  constructor(
    private readonly imports: Imports,
    private readonly profiles: Profiles,
    private readonly preparation: ImportPreparation,
    private readonly files: FileStore,
    private readonly work: UnitOfWork,
  ) {}

  async of(id: number): Promise<StreamableFile> {
    const row = await this.imports.getRow(id);
    if (!isFinished(row)) throw new DomainError('conflict', 'imports.not_finished', 'The import is still under way.');
    const name = `${row.fileName.replace(/\.csv$/i, '').replace(/[^\w .-]/g, '_')}-errors.csv`;
    // Looked for, and the header made, before the answer begins, so that a file which is gone is a 404 and no broken download.
    await this.files.size(row.contentKey ?? row.fileKey).catch((error: unknown) => {
      throw error instanceof FileMissing ? new FileExpired('imports') : error;
    });
    const lines = this.lines(row);
    const first = await lines.next();
    const text = (async function* () {
      if (!first.done) yield first.value;
      yield* lines;
    })();
    return new StreamableFile(Readable.from(text, { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
    });
  }

  private async *lines(row: Import): AsyncGenerator<string> {
    const profile = this.profiles.findImport(row.entity);
    if (!profile || row.totalRows === null) throw new NotFound('error file: the file could not be read', 'imports.no_error_file');
    const sheet = await this.preparation.reopen(row, profile);
    const { headers } = sheet.header;
    const kept = headers.map((_header, index) => index).filter((index) => headers[index] !== ERRORS_HEADER);
    yield csvLine([...kept.map((index) => headers[index] ?? ''), ERRORS_HEADER]);
    const errors = this.errorsByRow(row.id);
    let next = await errors.next();
    if (next.done) return;
    for await (const record of sheet.rows(sheet.start)) {
      if (next.done) return;
      const { number, texts } = next.value;
      if (record.row < number) continue;
      yield csvLine([...kept.map((index) => original(record.cells[index] ?? '')), texts.join('; ')]);
      next = await errors.next();
    }
  }

  private async *errorsByRow(importId: number): AsyncGenerator<{ number: number; texts: string[] }> {
    const query = () => this.work.repository(ImportError).createQueryBuilder('error').where('error.importId = :importId', { importId });
    let current: { number: number; texts: string[] } | undefined;
    for await (const batch of importErrorListing.batches(query, importErrorListing.parse({}))) {
      for (const { row, detail } of batch) {
        const text = detail.replace(/^row \d+(, |: )/, '');
        if (current?.number === row) current.texts.push(text);
        else {
          if (current) yield current;
          current = { number: row, texts: [text] };
        }
      }
    }
    if (current) yield current;
  }
}
