/** How many times as many ids a range may span as are asked for. */
const SPARSE = 4;

/**
 * A condition that lets the rows through whose `column` is among `ids`, and where they lie close together everything between them: databases
 * read a range several times faster than thousands of places. Who asks leaves aside what he did not ask for. Ids come from the database.
 */
export function nearlyAmong(column: string, ids: readonly number[]): string {
  if (ids.length === 0) return '1 = 0';
  const sorted = ids.toSorted((one, other) => one - other);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  if (last - first < ids.length * SPARSE) return `${column} BETWEEN ${first} AND ${last}`;
  // Written out, thousands of numbers cost less than as parameters.
  return `${column} IN (${sorted.join(', ')})`;
}
