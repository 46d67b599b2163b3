import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { ExpectedFiles } from '../../platform/expected-files/index.js';
import { FileStore } from '../../platform/files/index.js';
import type { JobRun } from '../../platform/jobs/index.js';
import type { ListRequest } from '../../platform/listing/index.js';
import { chooseColumns, ColumnsOutgrown, csvWriter, jsonLinesWriter } from './export-columns.js';
import { Export, type Progress } from './export.entity.js';
import { readAhead } from '../imports/read-ahead.js';
import type { ExportColumn, ExportProfile } from './export-profile.js';
import { Utf8Text } from './utf8-text.js';
import { isRepeatable } from '../imports/import-column.js';

/** Rows of one read, one write and one commit. */
const BATCH = 4_000;

/** Writes a list into its file, batch by batch. */
@Injectable()
export class ExportWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly files: FileStore,
    private readonly expected: ExpectedFiles,
  ) {}

  /**
   * Goes on behind the last committed batch; begins anew when a row needs more columns than the header has. Before each batch is kept
   * `allowed` is asked, which throws once its owner has lost the right to it.
   */
  async write(row: Export, profile: ExportProfile, run: JobRun, allowed: () => Promise<unknown>): Promise<void> {
    const { filter, sort, q } = row.selection;
    const request = await profile.follow(profile.listing.parseStructured({ filter, sort: sort ?? undefined, q: q ?? undefined }));
    const fileKey = row.fileKey ?? (await this.files.create(this.expected.expect));
    for (let progress = row.progress; ; progress = null) {
      try {
        return await this.append({ ...row, fileKey }, profile, request, progress, run, allowed);
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
    allowed: () => Promise<unknown>,
  ): Promise<void> {
    const { listing } = profile;
    const columns = chooseColumns(await profile.columnsFor(row.organizationId), row.selection.columns);
    const widths = resumed?.widths ?? (await this.widths(row, profile, columns, request));
    const writer = row.format === 'csv' ? csvWriter(columns, widths) : jsonLinesWriter(columns);
    let progress = resumed ?? { widths, cursor: null, offset: await this.files.append(row.fileKey, 0, writer.header) };
    let rows = resumed ? row.rows : 0;
    if (!resumed) await this.commit(row, progress, rows, run);
    const total = this.count(profile, request, resumed);
    const rest = progress.cursor === null ? request : listing.after(progress.cursor, request);
    const asked = new Set(columns.map(({ member }) => member));
    // While one batch is written, the next is put into words, and the one after that is read.
    const read = readAhead(listing.batches(() => profile.query(), rest, BATCH, profile.reads(asked)));
    const text = new Utf8Text();
    const written = async function* () {
      for await (const batch of read) {
        const cursor = listing.cursorAt(batch.at(-1) ?? {}, request);
        for (const record of await profile.rowsOf(batch, asked)) writer.write(record, text);
        yield { cursor, count: batch.length, bytes: text.take() };
      }
    };
    for await (const { cursor, count, bytes } of readAhead(written())) {
      await allowed();
      const offset = await this.files.append(row.fileKey, progress.offset, bytes);
      progress = { widths, cursor, offset, ...total };
      rows += count;
      await this.commit(row, progress, rows, run);
    }
  }

  /** Filled while the first rows are written, for who follows the export; one that cannot be told in time is left out. */
  private count(profile: ExportProfile, request: ListRequest, resumed: Progress | null): Pick<Progress, 'total'> {
    const counted: Pick<Progress, 'total'> = resumed?.total === undefined ? {} : { total: resumed.total };
    if (counted.total === undefined)
      profile.listing.count(profile.query(), request).then(
        (total) => (counted.total = total),
        () => undefined,
      );
    return counted;
  }

  /** None where every row has the same columns. */
  private async widths(
    { format }: Export,
    profile: ExportProfile,
    columns: readonly ExportColumn<unknown>[],
    request: ListRequest,
  ): Promise<Record<string, number>> {
    return format === 'csv' && columns.some(isRepeatable) ? profile.widths(profile.listing.filtered(profile.query(), request)) : {};
  }

  private commit({ id, fileKey }: Export, progress: Progress, rows: number, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      await run.fence();
      await this.work.repository(Export).update({ id }, { fileKey, progress, rows, sizeBytes: progress.offset, setbacks: 0 });
    });
  }
}
