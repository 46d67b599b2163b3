/** Why a cell's text is no value of its column. `detail` follows the column's name: `not a valid email address`. */
export class CellRefused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Reads the text of a cell, which is never blank, and trimmed unless the column keeps blanks. Throws {@link CellRefused}. */
export type CellReader = (text: string) => unknown;

const FLAGS: Readonly<Record<string, boolean>> = { '1': true, yes: true, true: true, '0': false, no: false, false: false };
/** Of what nearly all cells are made, and of which nothing else has to be asked but its length. */
const PLAIN = /^[\x20-\x7e]*$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

function isDay(year: number, month: number, day: number): boolean {
  const days = month === 2 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0)) ? 28 : DAYS[month - 1];
  return year >= 1 && day >= 1 && days !== undefined && day <= days;
}

/** The kinds of cells that every profile's columns are made of. */
export const cell = {
  /** One line of up to `max` characters. */
  line:
    (max: number): CellReader =>
    (text) => {
      if (text.length <= max && PLAIN.test(text)) return text;
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
    if (!isDay(Number(year), Number(month), Number(day)))
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
