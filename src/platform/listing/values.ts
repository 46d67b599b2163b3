import type { Kind, Value } from './fields.js';

/** In characters; as long as the longest text column that lists filter by. */
export const LONGEST_TEXT = 255;

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(\d\d)$/;

/** Reads a value of a query parameter; `undefined` when it is none of its kind. */
export function parseValue(kind: Kind, text: string): Value | undefined {
  switch (kind.type) {
    case 'text':
      return text.length <= LONGEST_TEXT && isStorable(text) ? text.normalize('NFC') : undefined;
    case 'integer':
      return /^-?\d{1,16}$/.test(text) ? safeInteger(Number(text)) : undefined;
    case 'id':
      return /^[1-9]\d{0,15}$/.test(text) ? safeInteger(Number(text)) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'instant':
      return parseInstant(text);
    case 'date':
      return isDate(text) ? text : undefined;
    case 'enumerated':
      return kind.values.includes(text) ? text : undefined;
  }
}

/** Reads a value that a cursor carries; `undefined` when it is none of its kind. */
export function restoreValue(kind: Kind, value: unknown): Value | undefined {
  switch (kind.type) {
    case 'integer':
    case 'id':
      return typeof value === 'number' ? safeInteger(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'instant':
      return typeof value === 'string' ? parseInstant(value) : undefined;
    default:
      // What is stored may be older than the rules for filters, such as a value that is no longer enumerated.
      return typeof value === 'string' && isStorable(value) ? value : undefined;
  }
}

/** Completes "must be ...". */
export function expectationOf(kind: Kind): string {
  switch (kind.type) {
    case 'text':
      return `a text of at most ${LONGEST_TEXT} characters`;
    case 'integer':
      return 'a whole number';
    case 'id':
      return 'an id: a whole number above 0';
    case 'boolean':
      return 'true or false';
    case 'instant':
      return 'an ISO 8601 instant such as 2026-01-31T12:00:00Z, with a "+" of its offset written as %2B';
    case 'date':
      return 'a date such as 2026-01-31';
    case 'enumerated':
      return `one of ${kind.values.join(', ')}`;
  }
}

/** Databases cannot keep, or cut text at, what is refused here. */
const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

const safeInteger = (number: number): number | undefined => (Number.isSafeInteger(number) ? number + 0 : undefined);

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (!year || !month || !day) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

function parseInstant(text: string): Date | undefined {
  const [, date] = INSTANT.exec(text) ?? [];
  if (!date || !isDate(date)) return undefined;
  const instant = new Date(text);
  // MySQL's DATETIME ends with the year 9999; an offset may lead out of it.
  return instant.getUTCFullYear() >= 1 && instant.getUTCFullYear() <= 9999 ? instant : undefined;
}
