import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/index.js';
import { FileStore } from '../platform/files/index.js';
import type { JobRun } from '../platform/jobs/index.js';
import type { ListRequest } from '../platform/listing/index.js';
import { chooseColumns, ColumnsOutgrown, csvWriter, jsonLinesWriter } from './export-columns.js';
import { Export, type Progress } from './export.entity.js';
import { readAhead } from './read-ahead.js';
import type { ExportProfile } from './export-profile.js';

/** Rows of one read, one write and one commit. */
const BATCH = 4_000;

/** Writes a list into its file, batch by batch. */
@Injectable()
export class ExportWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileStore,
  ) {}

  /** Goes on behind the last committed batch; begins anew when a row needs more columns than the header has. */
  async write(row: Export, profile: ExportProfile, run: JobRun): Promise<void> {
    const { filter, sort, q } = row.selection;
    const request = await profile.follow(profile.listing.parseStructured({ filter, sort: sort ?? undefined, q: q ?? undefined }));
    const fileKey = row.fileKey ?? (await this.files.create());
    for (let progress = row.progress; ; progress = null) {
      try {
        return await this.append({ ...row, fileKey }, profile, request, progress, run);
      } catch (error) {
        if (!(error instanceof ColumnsOutgrown)) throw error;
      }
    }
  }

  private async append(
    row: Export & { fileKey: string },
    profile: ExportProfile,
    request: ListRequest,
    resumed: Progress | null,
    run: JobRun,
  ): Promise<void> {
    const { listing } = profile;
    const widths = resumed?.widths ?? (await profile.widths(listing.filtered(profile.query(), request)));
    const columns = chooseColumns(await profile.columnsFor(row.organizationId), row.selection.columns);
    const writer = row.format === 'csv' ? csvWriter(columns, widths) : jsonLinesWriter(columns);
    let progress = resumed ?? { widths, cursor: null, offset: await this.files.append(row.fileKey, 0, writer.header) };
    let rows = resumed ? row.rows : 0;
    if (!resumed) await this.commit(row, progress, rows, run);
    const rest = progress.cursor === null ? request : listing.after(progress.cursor, request);
    const texts = async function* () {
      for await (const batch of listing.batches(() => profile.query(), rest, BATCH)) {
        const text = (await profile.rowsOf(batch)).map((record) => writer.line(record)).join('');
        yield { last: batch.at(-1) ?? {}, count: batch.length, text };
      }
    };
    for await (const { last, count, text } of readAhead(texts())) {
      const offset = await this.files.append(row.fileKey, progress.offset, text);
      progress = { widths, cursor: listing.cursorAt(last, request), offset };
      rows += count;
      await this.commit(row, progress, rows, run);
    }
  }

  private commit({ id, fileKey }: Export, progress: Progress, rows: number, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      await run.fence();
      await this.work.repository(Export).update({ id }, { fileKey, progress, rows, sizeBytes: progress.offset, setbacks: 0 });
    });
  }
}
