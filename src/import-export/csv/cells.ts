/** What spreadsheets take for the beginning of a formula, and the apostrophe that takes it back. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠']/;

/** The cell so that a spreadsheet shows it and runs nothing of it: with an apostrophe before a formula, and before an apostrophe. */
export const harmless = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);

/** The inverse of {@link harmless}; other cells stay as they are. */
export const original = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell.slice(1)) ? cell.slice(1) : cell);
