/** What values go through on their way into a text. */
export interface Helper {
  /** How many operands it takes. */
  readonly least: number;
  readonly most: number;
  readonly describes: string;
  readonly apply: (operands: readonly unknown[], language: string) => unknown;
}

class Misused extends Error {}

const asNumber = (value: unknown): number => {
  if (typeof value !== 'number') throw new Misused(`${JSON.stringify(value)} is no number`);
  return value;
};

const asMoment = (value: unknown): Date => {
  const moment = new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(moment.getTime())) throw new Misused(`${JSON.stringify(value)} is no moment`);
  return moment;
};

/** English is written as in Britain, where the parts of a date stand in the same order as in most languages. */
const locale = (language: string): string => (language === 'en' ? 'en-GB' : language);

const moments = (language: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale(language), { ...style, timeZone: 'UTC' });

const numbers = (language: string): Intl.NumberFormat => new Intl.NumberFormat(locale(language));

/** Every helper that a template may use. */
export const HELPERS: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  [
    'number',
    {
      least: 1,
      most: 1,
      describes: 'a number as the language writes it',
      apply: ([value], language) => numbers(language).format(asNumber(value)),
    },
  ],
  [
    'plural',
    {
      ...{ least: 3, most: 3, describes: 'a number with the word for one, or for more' },
      apply: ([value, one, many], language) => `${numbers(language).format(asNumber(value))} ${String(value === 1 ? one : many)}`,
    },
  ],
  [
    'moment',
    {
      ...{ least: 1, most: 1, describes: 'an instant as the language writes it, in UTC' },
      apply: ([value], language) =>
        value === null ? null : `${moments(language, { dateStyle: 'long', timeStyle: 'short' }).format(asMoment(value))} UTC`,
    },
  ],
  [
    'date',
    {
      ...{ least: 1, most: 1, describes: 'the day of an instant, or a date' },
      apply: ([value], language) => (value === null ? null : moments(language, { dateStyle: 'long' }).format(asMoment(value))),
    },
  ],
  [
    'sentence',
    {
      ...{ least: 1, most: 20, describes: 'its operands with blanks between them' },
      apply: (words) =>
        words
          .filter((word) => word !== null)
          .map(String)
          .join(' '),
    },
  ],
  [
    'either',
    {
      least: 3,
      most: 3,
      describes: 'the second where the first holds, else the third',
      apply: ([value, some, none]) => (holds(value) ? some : none),
    },
  ],
  ['eq', { least: 2, most: 2, describes: 'whether two values are the same', apply: ([one, other]) => one === other }],
  ['not', { least: 1, most: 1, describes: 'whether a value does not hold', apply: ([value]) => !holds(value) }],
]);

/** What `if` takes for true: all but `false`, `null`, 0 and what is empty. */
export const holds = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
