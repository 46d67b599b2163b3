import type { CsvRecord } from '../csv/index.js';
import type { ImportContext } from './import-profile.js';
import type { ImportRow } from './import-row.js';
import type { Position, Sheet } from './sheet.js';

/** Rows of one transaction. */
const SIZE = 2_000;

/** What a profile decided about the rows of a batch. */
export interface Decided {
  readonly rows: readonly ImportRow<object>[];
  readonly plan: unknown;
  readonly context: ImportContext;
}

/** The rows of one transaction, read before it begins. */
export class ImportBatch {
  /** The byte of the file that follows them. */
  readonly end: number;
  private ahead: Decided | undefined;
  private ready: ImportRow<object>[] | undefined;

  constructor(
    private readonly sheet: Sheet,
    private readonly records: readonly CsvRecord[],
  ) {
    this.end = records.at(-1)?.end ?? 0;
    this.ready = this.read();
  }

  /** The rows, about which nothing has been decided, however often this is asked. */
  take(): ImportRow<object>[] {
    const rows = this.ready ?? this.read();
    this.ready = undefined;
    return rows;
  }

  /** Gives rows back about which nothing has been decided. */
  putBack(rows: ImportRow<object>[]): void {
    this.ready = rows;
  }

  /** Keeps what was decided before the transaction. */
  decidedAhead(decided: Decided): void {
    this.ahead = decided;
  }

  /** What was decided before the transaction, once: writing it changes it. */
  takeDecided(): Decided | undefined {
    const { ahead } = this;
    this.ahead = undefined;
    return ahead;
  }

  private read(): ImportRow<object>[] {
    return this.records.map((record) => this.sheet.rowOf(record));
  }
}

/** All rows behind a position. Throws `FileUnreadable`. */
export async function* batchesOf(sheet: Sheet, from: Position): AsyncGenerator<ImportBatch> {
  let waiting: CsvRecord[] = [];
  for await (const block of sheet.blocks(from)) {
    waiting = waiting.concat(block);
    while (waiting.length >= SIZE) {
      yield new ImportBatch(sheet, waiting.slice(0, SIZE));
      waiting = waiting.slice(SIZE);
    }
  }
  if (waiting.length > 0) yield new ImportBatch(sheet, waiting);
}
