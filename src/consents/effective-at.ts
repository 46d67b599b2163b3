import { isISO8601, isRFC3339, ValidateBy } from 'class-validator';
import { InvalidInput } from '../platform/errors/index.js';

/** Databases keep no later year. */
const LAST_YEAR = 9999;

/** RFC 3339, on a day that the calendar has. */
function isInstant(value: unknown): boolean {
  if (!isRFC3339(value) || !isISO8601(value, { strict: true })) return false;
  // NaN for a leap second, which is no moment to JavaScript.
  return new Date(value as string).getUTCFullYear() <= LAST_YEAR;
}

export const IsInstant = () =>
  ValidateBy({
    name: 'malformed',
    validator: { validate: isInstant, defaultMessage: () => '$property must be an instant such as 2027-01-31T12:00:00Z' },
  });

/** From when a version is in effect: at once, unless a later moment is given. Throws `InvalidInput`. */
export function readEffectiveAt(given: string | null | undefined, now: Date): Date {
  const at = given == null ? now : new Date(given);
  if (at >= now) return at;
  const detail = 'A version cannot take effect in the past.';
  throw new InvalidInput([{ pointer: '/effectiveAt', code: 'consents.effective_in_past', detail }]);
}
