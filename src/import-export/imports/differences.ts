import { isDeepStrictEqual } from 'node:util';

/** What a row changes of a record: old and new value of each member. */
export type Differences = Record<string, { old: unknown; new: unknown }>;

/** Between a record as it was, if it was, and as it is to be, if it is to be. */
export function differencesBetween<T extends object>(
  before: Partial<T> | undefined,
  after: Partial<T> | undefined,
  members: readonly (keyof T & string)[],
): Differences {
  const differences: Differences = {};
  for (const member of members) {
    const [old, now] = [before?.[member] ?? null, after?.[member] ?? null];
    if (!isDeepStrictEqual(old, now)) differences[member] = { old, new: now };
  }
  return differences;
}
