import type { Condition, Operand, Operator } from './default-rules.js';

type Kind = 'text' | 'number' | 'switch' | 'record';

const TEXTS: readonly Operator[] = ['eq', 'ne', 'in', 'contains', 'startsWith', 'gt', 'gte', 'lt', 'lte', 'null'];

/** What can be asked of a member, by what the sample says that it is. */
const ASKED: Readonly<Record<Kind, readonly Operator[]>> = {
  text: TEXTS,
  number: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'null'],
  switch: ['eq', 'ne', 'null'],
  record: ['null'],
};

/** A member that is `null` in the sample may hold a text. */
export const kindOf = (sample: unknown): Kind =>
  typeof sample === 'number'
    ? 'number'
    : typeof sample === 'boolean'
      ? 'switch'
      : typeof sample === 'object' && sample !== null
        ? 'record'
        : 'text';

export const operatorsFor = (sample: unknown): readonly Operator[] => ASKED[kindOf(sample)];

/** Whether a condition can compare a member of that kind with the value. */
export function operandFits(sample: unknown, operator: Operator, value: Operand): boolean {
  if (operator === 'null') return typeof value === 'boolean';
  const wanted = { text: 'string', number: 'number', switch: 'boolean', record: 'none' }[kindOf(sample)];
  if (operator !== 'in') return typeof value === wanted;
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === wanted);
}

/** Whether a condition holds of what its path leads to. Nothing but `null` and `ne` holds of what is not there. */
export function holdsOf({ operator, value }: Pick<Condition, 'operator' | 'value'>, actual: unknown): boolean {
  const absent = actual === null || actual === undefined;
  if (operator === 'null') return absent === value;
  if (operator === 'ne') return actual !== value;
  if (absent) return false;
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
