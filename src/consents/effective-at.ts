import { InvalidInput } from '../platform/errors/index.js';

/** Databases keep no later year. */
const LAST_YEAR = 9999;

/** From when a version is in effect: at once, unless a later moment is given. Throws `InvalidInput`. */
export function readEffectiveAt(given: string | null | undefined, now: Date): Date {
  if (given === undefined || given === null) return now;
  const at = new Date(given);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > LAST_YEAR)
    throw refusal('malformed', 'effectiveAt must be an ISO 8601 instant such as 2027-01-31T12:00:00Z.');
  if (at < now) throw refusal('consents.effective_in_past', 'A version cannot take effect in the past.');
  return at;
}

const refusal = (code: string, detail: string) => new InvalidInput([{ pointer: '/effectiveAt', code, detail }]);
