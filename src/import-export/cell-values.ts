/** Why a cell's text is no value of its column. `detail` follows the column's name: `not a valid email address`. */
export class CellRefused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Reads the text of a cell, which is trimmed and never empty. Throws {@link CellRefused}. */
export type CellReader = (text: string) => unknown;

const FLAGS: Readonly<Record<string, boolean>> = { '1': true, yes: true, true: true, '0': false, no: false, false: false };
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** The kinds of cells that every profile's columns are made of. */
export const cell = {
  /** One line of up to `max` characters. */
  line:
    (max: number): CellReader =>
    (text) => {
      if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new CellRefused('malformed', 'must be one line without control characters');
      if (!text.isWellFormed()) throw new CellRefused('malformed', 'has half a character');
      if ([...text].length > max) throw new CellRefused('too_long', `must not be longer than ${max} characters`);
      return text.normalize('NFC');
    },

  /** `1` or `0`, `Yes` or `No`, `true` or `false`, in any case. */
  flag: (): CellReader => (text) => {
    const flag = FLAGS[text.toLowerCase()];
    if (flag === undefined) throw new CellRefused('not_a_boolean', 'must be 1 or 0, Yes or No, true or false');
    return flag;
  },

  /** A date as `2026-01-31` or `1/31/2026`, read as the former. */
  date: (): CellReader => (text) => {
    const iso = ISO.exec(text);
    const american = AMERICAN.exec(text);
    const [year, month, day] = iso ? iso.slice(1) : american ? [american[3], american[1], american[2]] : [];
    const written = [year?.padStart(4, '0'), month?.padStart(2, '0'), day?.padStart(2, '0')].join('-');
    const date = new Date(`${written}T00:00:00Z`);
    if (Number(year) < 1 || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(written))
      throw new CellRefused('not_a_date', 'must be a date such as 2026-01-31 or 1/31/2026');
    return written;
  },

  /** The id of a record: a whole number above 0. */
  id: (): CellReader => (text) => {
    const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(id)) throw new CellRefused('not_an_id', 'must be an id: a whole number above 0');
    return id;
  },
};
