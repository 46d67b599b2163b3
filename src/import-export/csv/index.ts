/** Reading and writing CSV files of any size: encodings, delimiters, row positions, cells that no spreadsheet runs. */
export { harmless, original } from './cells.js';
export { cellOf, csvLine } from './csv-writer.js';
export { delimiterLine, detectDialect, type Dialect } from './dialect.js';
export { detectEncoding, toUtf8 } from './encoding.js';
export { FileUnreadable } from './file-unreadable.js';
export { type CsvRecord, LooseQuote, MAX_CELL, MAX_COLUMNS, readBlocks, readRecords } from './records.js';
