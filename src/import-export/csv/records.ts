import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import type { Dialect } from './dialect.js';
import { FileUnreadable } from './file-unreadable.js';

/** Columns of a file, at most. */
export const MAX_COLUMNS = 500;
/** Characters of a cell, at most. */
export const MAX_CELL = 32_767;
/** Characters of a record, at most. */
const MAX_RECORD = 1_048_576;

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
}

/** A quote inside a cell that is not quoted, which other programs write and {@link Dialect.looseQuotes} allows. */
export class LooseQuote extends FileUnreadable {
  constructor(place: string) {
    super('quotes', `The file cannot be read: ${place} has a quote inside a cell that is not quoted.`);
  }
}

/** The records of a UTF-8 file from a position on; empty lines are none. Throws {@link FileUnreadable} where the file cannot be read. */
export async function* readRecords(
  file: AsyncIterable<Uint8Array>,
  { delimiter, looseQuotes }: Dialect,
  from: From,
): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: looseQuotes,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    info: true,
  });
  const source = Readable.from(file, { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    let row = from.row;
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      // csv-parse gives what is not quoted as it stands, and fails at what is quoted and never ends.
      yield { cells: record, row: row++, end: from.byte + info.bytes_records };
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error, from) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function unreadable(error: CsvError, from: From): FileUnreadable {
  const number = from.row + Number((error as CsvError & { records?: number }).records ?? 0);
  const place = number === 0 ? 'the header' : `row ${number}`;
  switch (error.code as string) {
    case 'INVALID_OPENING_QUOTE':
      return new LooseQuote(place);
    case 'CSV_QUOTE_NOT_CLOSED':
      return new FileUnreadable('quote_not_closed', `The file cannot be read: ${place} opens a quote that is never closed.`);
    case 'CSV_INVALID_CLOSING_QUOTE':
      return new FileUnreadable('quotes', `The file cannot be read: ${place} goes on behind a closing quote.`);
    case 'CSV_MAX_RECORD_SIZE':
      return new FileUnreadable('record_too_long', `The file cannot be read: ${place} has more than ${MAX_RECORD} characters.`);
    default:
      return new FileUnreadable('malformed', `The file cannot be read: ${place} is malformed.`);
  }
}
