export const FIELD_TYPES = ['string', 'text', 'integer', 'decimal', 'boolean', 'date', 'select'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export type FieldValue = string | number | boolean;

/** A value as it is kept, or why it is none of its field. */
export type Reading = { value: FieldValue } | { code: string; detail: string };

interface Typed {
  readonly type: FieldType;
  readonly options: readonly string[] | null;
}

/** Characters of a `string`, and of an option of a `select`. */
export const LONGEST_LINE = 255;
const LONGEST_TEXT = 10_000;
/** What a double holds of every decimal number, so that it comes back as it was sent. */
const DIGITS = 15;

const NOT_IN_LINES = /[\p{Cc}\p{Surrogate}\u2028\u2029]/u;
const NOT_IN_TEXTS = /[\0\p{Surrogate}]/u;

const refused = (code: string, rule: string): Reading => ({ code: `custom_fields.${code}`, detail: `must be ${rule}` });

/** Reads what a client sends as the value of a field; `detail` completes "Region ...". */
export function readValue({ type, options }: Typed, value: unknown): Reading {
  switch (type) {
    case 'string':
      return readText(typeof value === 'string' ? value.trim() : value, LONGEST_LINE, NOT_IN_LINES, 'one line without control characters');
    case 'text':
      return readText(value, LONGEST_TEXT, NOT_IN_TEXTS, 'well-formed Unicode without NUL');
    case 'integer':
      // The sum makes 0 of -0, which JSON cannot tell apart.
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? { value: value + 0 }
        : refused('not_an_integer', 'a whole number between -(2^53 - 1) and 2^53 - 1');
    case 'decimal':
      return readDecimal(value);
    case 'boolean':
      return typeof value === 'boolean' ? { value } : refused('not_a_boolean', 'true or false');
    case 'date':
      return isDay(value) ? { value } : refused('not_a_date', 'a day of the calendar, YYYY-MM-DD');
    case 'select':
      return typeof value === 'string' && options?.includes(value)
        ? { value }
        : refused('not_an_option', 'one of the options of the field');
  }
}

function readText(value: unknown, longest: number, unwanted: RegExp, form: string): Reading {
  if (typeof value !== 'string') return refused('not_a_string', 'a string');
  if (value.trim() === '') return refused('empty', 'more than blanks; null clears it');
  if (value.length > longest) return refused('too_long', `at most ${longest} characters long`);
  return unwanted.test(value) ? refused('malformed', form) : { value };
}

function readDecimal(value: unknown): Reading {
  if (typeof value !== 'number' || !Number.isFinite(value)) return refused('not_a_decimal', 'a number');
  if (Number(value.toPrecision(DIGITS)) !== value) return refused('too_precise', `a number of at most ${DIGITS} significant digits`);
  return { value: value + 0 };
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '0001') return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}
