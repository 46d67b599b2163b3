const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A day of the calendar by ISO 8601. */
export function isDay(text: string): boolean {
  const at = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** An instant by ISO 8601, with its distance from UTC. */
export const isMoment = (text: string): boolean => MOMENT.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

/**
 * An instant as events write it, in UTC and with milliseconds, so that two are in the order of their texts. A day is its beginning; other
 * values are as they are.
 */
export const asMoment = <T>(value: T): T | string =>
  typeof value === 'string' && (isDay(value) || isMoment(value)) ? new Date(value).toISOString() : value;
