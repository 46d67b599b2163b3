import { memberOf } from '../rendering/values.js';
import { asMoment, isDay, isMoment } from './dates.js';

export const OPERATORS = ['eq', 'ne', 'in', 'contains', 'startsWith', 'gt', 'gte', 'lt', 'lte', 'null'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Operand = string | number | boolean | null | readonly (string | number | boolean)[];

/** Of how many items of a list a test has to hold. */
export const QUANTIFIERS = ['any', 'all', 'none'] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];

/** What is asked of one member. Where its path goes through a list, of any of the items, unless `items` says otherwise. */
export interface Test {
  readonly path: string;
  readonly operator: Operator;
  readonly value: Operand;
  readonly items?: Quantifier;
}

/** Of its conditions all have to hold, any, or none. It has exactly one of the three. */
export type Group = { readonly [Q in Quantifier]?: readonly Condition[] };

/** What has to hold of an event. */
export type Condition = Test | Group;

export const isTest = (condition: Condition): condition is Test => 'path' in condition;

/** How the conditions of a group are joined, and which they are. */
export function joined(group: Group): { by: Quantifier; conditions: readonly Condition[] } {
  const by = QUANTIFIERS.find((quantifier) => group[quantifier] !== undefined) ?? 'all';
  return { by, conditions: group[by] ?? [] };
}

/** What a path leads to: `many` where it goes through a list, or to a list of plain values; `undefined` for what is not there. */
export interface Found {
  readonly many: boolean;
  readonly values: readonly unknown[];
}

type Kind = 'text' | 'day' | 'moment' | 'number' | 'switch' | 'record';

/** What can be asked of a member, by what the sample says that it is. */
const ASKED: Readonly<Record<Kind, readonly Operator[]>> = {
  text: OPERATORS,
  day: OPERATORS,
  moment: OPERATORS,
  number: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'null'],
  switch: ['eq', 'ne', 'null'],
  record: ['null'],
};

/** A custom field may have a dot in its name: what follows `customFields` is one name. */
export function partsOf(path: string): string[] {
  const parts = path.split('.');
  const at = parts.indexOf('customFields') + 1;
  return at === 0 || at === parts.length ? parts : [...parts.slice(0, at), parts.slice(at).join('.')];
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What a path leads to, also through lists. */
export function found(value: unknown, parts: readonly string[]): Found {
  const [name, ...rest] = parts;
  if (Array.isArray(value) && (name !== undefined || (value.length > 0 && !value.some(isRecord)))) {
    const items = value.map((item: unknown) => found(item, parts));
    return { many: true, values: items.flatMap(({ values }) => values) };
  }
  if (name === undefined) return { many: false, values: [value] };
  return value === undefined ? { many: false, values: [undefined] } : found(memberOf(value, name), rest);
}

/** A member that is `null` in the sample may hold a text. */
export function kindOf(sample: unknown): Kind {
  if (typeof sample === 'string') return isDay(sample) ? 'day' : isMoment(sample) ? 'moment' : 'text';
  return typeof sample === 'number' ? 'number' : typeof sample === 'boolean' ? 'switch' : isRecord(sample) ? 'record' : 'text';
}

export const operatorsFor = (sample: unknown): readonly Operator[] => ASKED[kindOf(sample)];

/** Whether a part of a text is asked for: that of a date, such as its year, is none. */
const isByPart = (operator: Operator): boolean => operator === 'contains' || operator === 'startsWith';

const isText = (value: unknown): value is string => typeof value === 'string';

/** What a value has to be that a member of the kind is compared with. A moment may be held against the beginning of a day, in UTC. */
const FITS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: isText,
  day: (value) => isText(value) && isDay(value),
  moment: (value) => isText(value) && (isDay(value) || isMoment(value)),
  number: (value) => typeof value === 'number',
  switch: (value) => typeof value === 'boolean',
  record: () => false,
};

/** Whether a condition can compare a member of that kind with the value. */
export function operandFits(sample: unknown, operator: Operator, value: Operand): boolean {
  if (operator === 'null') return typeof value === 'boolean';
  const fits = isByPart(operator) ? isText : FITS[kindOf(sample)];
  return operator === 'in' ? Array.isArray(value) && value.length > 0 && value.every(fits) : fits(value);
}

/** Whether a test holds of what its path leads to. */
export function holdsOf({ operator, value, items = 'any' }: Omit<Test, 'path'>, { many, values }: Found): boolean {
  const moments = typeof value === 'object' && value !== null ? value.map(asMoment) : asMoment(value);
  const holds = (actual: unknown) =>
    isText(actual) && isMoment(actual) && !isByPart(operator)
      ? holdsOfOne(operator, moments, asMoment(actual))
      : holdsOfOne(operator, value, actual);
  if (!many || items === 'any') return values.some(holds);
  return items === 'all' ? values.every(holds) : !values.some(holds);
}

/** Nothing but `null` and `ne` holds of what is empty, and nothing at all of what there is not (any more). */
function holdsOfOne(operator: Operator, value: Operand, actual: unknown): boolean {
  if (actual === undefined) return false;
  const empty = actual === null || (Array.isArray(actual) && actual.length === 0);
  if (operator === 'null') return empty === value;
  if (operator === 'ne') return actual !== value;
  if (empty) return false;
  if (operator === 'eq') return actual === value;
  if (operator === 'in') return Array.isArray(value) && (value as readonly unknown[]).includes(actual);
  if (operator === 'contains') return lower(actual).includes(lower(value));
  if (operator === 'startsWith') return lower(actual).startsWith(lower(value));
  return compares(operator, actual, value);
}

function compares(operator: 'gt' | 'gte' | 'lt' | 'lte', actual: unknown, value: Operand): boolean {
  if (typeof actual !== typeof value || (typeof actual !== 'number' && typeof actual !== 'string')) return false;
  const [one, other] = [actual, value as typeof actual];
  if (one === other) return operator === 'gte' || operator === 'lte';
  return one > other === (operator === 'gt' || operator === 'gte');
}

const lower = (value: unknown): string => String(value).toLowerCase();

/** Looks up what a path of an event leads to. */
export type Lookup = (path: string) => Promise<Found>;

/** Whether all of the conditions hold, looking no further than it has to. */
export async function allHold(conditions: readonly Condition[], lookUp: Lookup): Promise<boolean> {
  for (const condition of conditions) if (!(await holds(condition, lookUp))) return false;
  return true;
}

async function holds(condition: Condition, lookUp: Lookup): Promise<boolean> {
  if (isTest(condition)) return holdsOf(condition, await lookUp(condition.path));
  const { by, conditions } = joined(condition);
  if (by === 'all') return allHold(conditions, lookUp);
  for (const one of conditions) if (await holds(one, lookUp)) return by === 'any';
  return by === 'none';
}

/** A condition with what became of it; in a group, of each that is in it. */
export type Tried =
  | (Test & { readonly actual: unknown; readonly holds: boolean })
  | ({ readonly [Q in Quantifier]?: readonly Tried[] } & { readonly holds: boolean });

/** The same with everything that was looked at, for people to see why. */
export async function tryOut(condition: Condition, lookUp: Lookup): Promise<Tried> {
  if (isTest(condition)) {
    const there = await lookUp(condition.path);
    const actual = there.many ? there.values : (there.values[0] ?? null);
    return { ...condition, actual, holds: holdsOf(condition, there) };
  }
  const { by, conditions } = joined(condition);
  const tried: Tried[] = [];
  for (const one of conditions) tried.push(await tryOut(one, lookUp));
  const some = tried.some((one) => one.holds);
  return { [by]: tried, holds: by === 'any' ? some : by === 'none' ? !some : tried.every((one) => one.holds) };
}
