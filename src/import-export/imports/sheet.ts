import { setImmediate } from 'node:timers/promises';
import type { FileStore } from '../../platform/files/index.js';
import {
  type CsvRecord,
  delimiterLine,
  detectDialect,
  type Dialect,
  FileUnreadable,
  LooseQuote,
  MAX_CELL,
  original,
  readBlocks,
  readRecords,
} from '../csv/index.js';
import { keyOf } from './claims.js';
import { type MatchedHeader, matchHeader, type Mapping } from './header.js';
import { ImportRow } from './import-row.js';
import type { ImportColumn } from './import-column.js';
import { RepeatedKeys } from './repeated-keys.js';

const HEAD_BYTES = 65_536;

/** A row's place in its file. */
export interface Position {
  /** Of the first row that has not been read. */
  readonly byte: number;
  /** The number of the last row that has been read. */
  readonly row: number;
}

/** The rows of a UTF-8 file, whose header is understood. */
export class Sheet<Draft extends object = object> {
  constructor(
    private readonly files: FileStore,
    private readonly key: string,
    readonly header: MatchedHeader<Draft>,
    private readonly dialect: Dialect,
    private readonly known: readonly ImportColumn<Draft>[],
    /** Where the first row begins. */
    readonly start: Position,
  ) {}

  /** Every row behind a position. Throws `FileUnreadable` at a row that does not fit the header. */
  async *rows(from: Position): AsyncGenerator<CsvRecord> {
    for await (const block of this.blocks(from)) yield* block;
  }

  /** The same, as many at once as a part of the file has. */
  async *blocks({ byte, row }: Position): AsyncGenerator<readonly CsvRecord[]> {
    const file = await this.files.read(this.key, { start: byte });
    const { headers } = this.header;
    for await (const block of readBlocks(file, this.dialect, { byte, row: row + 1, width: headers.length })) {
      for (const record of block) refuseMisfit(record, headers);
      yield block;
    }
  }

  rowOf({ row, cells }: CsvRecord): ImportRow<Draft> {
    return new ImportRow(row, cells, this.header.columns, this.known);
  }

  /** Reads all of the file before anything of it is imported: that it can be read, how many rows it has, and which keys more than once. */
  async scan(keys: readonly string[], maxRows: number): Promise<{ total: number; repeated: RepeatedKeys }> {
    const repeated = new RepeatedKeys();
    const columns = this.header.columns.filter(({ column }) => keys.includes(column.member));
    let total = 0;
    for await (const block of this.blocks(this.start)) {
      total += block.length;
      if (total > maxRows) throw new FileUnreadable('too_many_rows', `The file has more than ${maxRows} rows.`);
      for (const { column, index } of columns)
        for (const { cells } of block) {
          const value = original((cells[index] ?? '').trim());
          if (value !== '') repeated.note(keyOf(column.member, value));
        }
      // Heartbeats and requests of this process must not wait for a long file.
      await setImmediate();
    }
    return { total, repeated: repeated.closed() };
  }
}

export interface ScannedSheet<Draft extends object = object> {
  readonly sheet: Sheet<Draft>;
  readonly total: number;
  readonly repeated: RepeatedKeys;
}

/** What was found out about a file, kept so that nobody has to read all of it again. */
export interface Scan {
  readonly dialect: Dialect;
  /** As the file has it. */
  readonly header: readonly string[];
  /** The byte behind the header. */
  readonly start: number;
  /** In the store, the hashes of the keys that the file has more than once; `null` where it has none. */
  readonly repeatedKey: string | null;
}

/** What the columns of a file may be. */
export interface Expected<Draft extends object = object> {
  readonly columns: readonly ImportColumn<Draft>[];
  readonly mapping: Mapping;
  /** The members by which rows can be about the same record. */
  readonly keys: readonly string[];
  readonly maxRows: number;
}

/** Opens and scans a UTF-8 file that begins at byte `start`. Throws `FileUnreadable` with the reason when any of it cannot be taken. */
export async function openSheet<Draft extends object>(
  files: FileStore,
  file: string,
  start: number,
  { columns, mapping, keys, maxRows }: Expected<Draft>,
): Promise<ScannedSheet<Draft> & { scan: Omit<Scan, 'repeatedKey'> }> {
  const head = await headOf(files, file, start);
  const open = async (dialect: Dialect) => {
    const first = await firstRecord(files, file, start + delimiterLine(head), dialect);
    const header = matchHeader(first.cells, columns, mapping);
    const sheet = new Sheet(files, file, header, dialect, columns, { byte: first.end, row: 0 });
    return { sheet, ...(await sheet.scan(keys, maxRows)), scan: { dialect, header: first.cells, start: first.end } };
  };
  const dialect = detectDialect(head);
  try {
    return await open(dialect);
  } catch (error) {
    if (error instanceof LooseQuote) return open({ ...dialect, looseQuotes: true });
    throw error;
  }
}

/** Opens a file that was scanned before. */
export function reopenSheet<Draft extends object>(
  files: FileStore,
  file: string,
  { dialect, header, start }: Scan,
  { columns, mapping }: Expected<Draft>,
): Sheet<Draft> {
  return new Sheet(files, file, matchHeader(header, columns, mapping), dialect, columns, { byte: start, row: 0 });
}

async function firstRecord(files: FileStore, key: string, start: number, dialect: Dialect): Promise<CsvRecord> {
  for await (const record of readRecords(await files.read(key, { start }), dialect, { byte: start, row: 0 })) return record;
  throw new FileUnreadable('file_empty', 'The file is empty.');
}

async function headOf(files: FileStore, key: string, start: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of (await files.read(key, { start })) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString('utf8');
}

function refuseMisfit({ cells, row }: CsvRecord, headers: readonly string[]): void {
  if (cells.length !== headers.length)
    throw new FileUnreadable('ragged_row', `Row ${row} has ${cells.length} columns, the header has ${headers.length}.`);
  const long = cells.findIndex((cell) => cell.length > MAX_CELL);
  if (long >= 0) throw new FileUnreadable('cell_too_long', `Row ${row}, ${headers[long]}: the cell has more than ${MAX_CELL} characters.`);
}
