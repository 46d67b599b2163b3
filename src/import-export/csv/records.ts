import { Readable } from 'node:stream';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import { CsvError as OtherCsvError, parse as parseAll } from 'csv-parse/sync';
import { hasQuote, LineEnds, linesOf } from './lines.js';
import type { Dialect } from './dialect.js';
import { FileUnreadable } from './file-unreadable.js';

/** Columns of a file, at most. */
export const MAX_COLUMNS = 500;
/** Characters of a cell, at most. */
export const MAX_CELL = 32_767;
/** Characters of a record, at most; delimiters do not count. */
const MAX_RECORD = 1_048_576;
/** Bytes that one record may have. */
const MAX_REST = 8 * MAX_RECORD;

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Counted from 1; the header is 0. */
  readonly row: number;
  /** The byte of the file that follows the record. */
  readonly end: number;
}

/** Where reading begins: at a byte, with the record of the number `row`. */
export interface From {
  readonly byte: number;
  readonly row: number;
  /** A line of so many cells, all of them blank, is none: spreadsheets put them at the end. */
  readonly width?: number;
}

type Parsed = { record: string[]; info: Info };

/** A quote inside a cell that is not quoted, which other programs write and {@link Dialect.looseQuotes} allows. */
export class LooseQuote extends FileUnreadable {
  constructor(place: string) {
    super('quotes', `The file cannot be read: ${place} has a quote inside a cell that is not quoted.`);
  }
}

/** The records of a UTF-8 file from a position on; empty lines are none. Throws {@link FileUnreadable} where the file cannot be read. */
export async function* readRecords(file: AsyncIterable<Uint8Array>, dialect: Dialect, from: From): AsyncGenerator<CsvRecord> {
  for await (const block of readBlocks(file, dialect, from)) yield* block;
}

/** The same, as many at once as a part of the file has: a step for each record would cost more than reading it. */
export function readBlocks(file: AsyncIterable<Uint8Array>, dialect: Dialect, from: From): AsyncGenerator<readonly CsvRecord[]> {
  return dialect.looseQuotes ? looseBlocks(file, dialect, from) : strictBlocks(file, dialect, from);
}

/** Where quotes come in pairs alone, a line end outside of them ends a record, and whole records can be taken out of the file. */
async function* strictBlocks(file: AsyncIterable<Uint8Array>, dialect: Dialect, from: From): AsyncGenerator<CsvRecord[]> {
  let { byte, row } = from;
  let rest: Buffer = Buffer.alloc(0);
  const lineEnds = new LineEnds();
  const take = (bytes: Buffer): CsvRecord[] => {
    const records = recordsOf(bytes, dialect, { ...from, byte, row });
    byte += bytes.length;
    row += records.length;
    return records;
  };
  for await (const chunk of file) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    const end = lineEnds.last(bytes);
    rest = bytes.subarray(end);
    if (end > 0) yield take(bytes.subarray(0, end));
    if (rest.length <= MAX_REST) continue;
    const tooMuch = tooLong(row, hasQuote(rest));
    // csv-parse tells what is wrong with it.
    take(rest);
    throw tooMuch;
  }
  yield take(rest);
}

/** Lines without quotes are split as they stand, all others are left to csv-parse. */
function recordsOf(bytes: Buffer, dialect: Dialect, from: From): CsvRecord[] {
  const lines = hasQuote(bytes) ? undefined : linesOf(bytes);
  if (!lines) return parsed(bytes, dialect, from);
  const records: CsvRecord[] = [];
  for (const { text, end } of lines) {
    const row = from.row + records.length;
    const cells = text.split(dialect.delimiter);
    if (text.length - cells.length >= MAX_RECORD) throw tooLong(row);
    if (!isBlank(cells, from)) records.push({ cells, row, end: from.byte + end });
  }
  return records;
}

const isBlank = (cells: readonly string[], { width }: From): boolean =>
  cells.length === width && cells.every((cell) => cell === '' || cell.trim() === '');

function parsed(bytes: Buffer, dialect: Dialect, from: From): CsvRecord[] {
  const { options, count } = countingRecords(dialect, from);
  try {
    const records = parseAll(bytes, options) as unknown as Parsed[];
    return records.map(({ record, info }, i) => ({ cells: record, row: from.row + i, end: from.byte + info.bytes_records }));
  } catch (error) {
    throw unreadable(error, from.row + count());
  }
}

/** With quotes that stand for themselves nobody knows a record's end before it is read. */
async function* looseBlocks(file: AsyncIterable<Uint8Array>, dialect: Dialect, from: From): AsyncGenerator<CsvRecord[]> {
  const { options, count } = countingRecords(dialect, from);
  const parser = parse(options);
  const source = Readable.from(file, { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let { row } = from;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      // csv-parse gives what is not quoted as it stands, and fails at what is quoted and never ends.
      yield [{ cells: record, row: row++, end: from.byte + info.bytes_records }];
    }
  } catch (error) {
    // Those that csv-parse has read ahead are lost with what it fails at.
    throw unreadable(error, from.row + count());
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** Options that leave blank lines out, and the number of all other records that have been read with them. */
function countingRecords(dialect: Dialect, from: From) {
  let read = 0;
  const take = (parsed: Parsed): Parsed | null => {
    if (isBlank(parsed.record, from)) return null;
    read += 1;
    return parsed;
  };
  return { options: { ...optionsOf(dialect), on_record: take } as unknown as Options, count: () => read };
}

const optionsOf = ({ delimiter, looseQuotes }: Dialect) =>
  ({
    ...{ delimiter, relax_quotes: looseQuotes, record_delimiter: ['\r\n', '\n', '\r'] },
    ...{ relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD, info: true },
  }) satisfies Options;

const tooLong = (row: number, hasQuotes = false) =>
  new FileUnreadable(
    'record_too_long',
    `The file cannot be read: ${placeOf(row)} has more than ${MAX_RECORD} characters.${hasQuotes ? ' Perhaps a quote in it is never closed.' : ''}`,
  );

const placeOf = (row: number): string => (row === 0 ? 'the header' : `row ${row}`);

function unreadable(error: unknown, row: number): unknown {
  // The two builds of csv-parse have a class each.
  if (!(error instanceof CsvError || error instanceof OtherCsvError)) return error;
  const place = placeOf(row);
  switch (error.code as string) {
    case 'INVALID_OPENING_QUOTE':
      return new LooseQuote(place);
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileUnreadable('quote_not_closed', `The file cannot be read: ${place} opens a quote that is never closed.`);
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new FileUnreadable('quotes', `The file cannot be read: ${place} goes on behind a closing quote.`);
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(row, true);
    default:
      return new FileUnreadable('malformed', `The file cannot be read: ${place} is malformed.`);
  }
}
