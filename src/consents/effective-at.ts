import { InvalidInput } from '../platform/errors/index.js';

/** From when a version is in effect: at once, unless a later moment is given. Throws `InvalidInput`. */
export function readEffectiveAt(given: string | null | undefined, now: Date): Date {
  const at = given == null ? now : new Date(given);
  if (at >= now) return at;
  const detail = 'A version cannot take effect in the past.';
  throw new InvalidInput([{ pointer: '/effectiveAt', code: 'consents.effective_in_past', detail }]);
}
