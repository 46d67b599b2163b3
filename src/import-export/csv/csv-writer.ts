import { harmless } from './cells.js';

const ODD = /^[=+\-@＝＋－＠'\s]|["\r\n,;\t|]|\s$/;
const QUOTED = /["\r\n,;\t|]|^\s|\s$/;

/** One record of a CSV file, RFC 4180, with its line end. No cell is run by a spreadsheet. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => cellOf(cell)).join(',')}\r\n`;

/** Most cells need neither quotes nor an apostrophe, which one look tells. */
export function cellOf(cell: string): string {
  if (!ODD.test(cell)) return cell;
  const safe = harmless(cell);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
