import { harmless } from './cells.js';

const QUOTED = /["\r\n,;\t|]|^\s|\s$/;

/** One record of a CSV file, RFC 4180, with its line end. No cell is run by a spreadsheet. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`;

function cellOf(cell: string): string {
  const safe = harmless(cell);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
