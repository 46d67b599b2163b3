/** A value of what a mail knows, or of a list in it: own members of plain objects alone, so that nothing leads to code. */
export function memberOf(value: unknown, name: string): unknown {
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** What a path leads to; `undefined` where there is no such member, `null` below a `null`. */
export const valueAt = (value: unknown, parts: readonly string[]): unknown =>
  parts.reduce<unknown>((within, name) => (within === undefined ? undefined : memberOf(within, name)), value);

/** Within a block: what names are looked up in, and the data of a loop. */
export interface Scope {
  readonly value: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  readonly above?: Scope;
}

/** The scope `up` levels above, if there are so many. */
export const above = (scope: Scope, up: number): Scope | undefined => (up === 0 ? scope : scope.above && above(scope.above, up - 1));
