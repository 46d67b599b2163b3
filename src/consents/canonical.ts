/** An object with its members in the order of their names, also within members. Everything else as it is. */
export function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, one]: [string, unknown]) => [name, ordered(one)]));
}

/** The canonical text of RFC 8785: for texts, integers, booleans and null, `JSON.stringify` writes what it asks for. */
export const canonical = (value: object): string => JSON.stringify(ordered(value));
