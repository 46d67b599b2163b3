import type { MemberFault } from '../../platform/errors/index.js';
import { found, kindOf, operandFits, type Operator, operatorsFor, partsOf, type Quantifier, QUANTIFIERS, type Test } from './conditions.js';

/** Groups within groups. */
const DEEPEST = 4;
/** Tests and groups of a rule, together. */
const MOST = 50;

const TEST_MEMBERS = ['path', 'operator', 'value'] as const;

type Sample = Readonly<Record<string, unknown>>;

/** A condition as it comes in: a test, a group, or nothing that is either. */
export type GivenCondition = Partial<Test> & { readonly [Q in Quantifier]?: readonly GivenCondition[] };

/** What is wrong with the conditions of a rule, each at its place; against what an event knows where it is known which. */
export function conditionFaults(conditions: readonly GivenCondition[], sample: Sample | undefined): MemberFault[] {
  if (countOf(conditions) > MOST) {
    const detail = `A rule has at most ${MOST} conditions, groups among them.`;
    return [{ pointer: '/conditions', code: 'notification_rules.conditions_too_many', detail }];
  }
  return listFaults(conditions, '/conditions', sample, 0);
}

const countOf = (conditions: readonly GivenCondition[]): number =>
  conditions.reduce((count, condition) => count + 1 + QUANTIFIERS.reduce((sum, by) => sum + countOf(condition[by] ?? []), 0), 0);

const listFaults = (conditions: readonly GivenCondition[], pointer: string, sample: Sample | undefined, depth: number): MemberFault[] =>
  conditions.flatMap((condition, index) => faultsOf(condition, `${pointer}/${index}`, sample, depth));

function faultsOf(condition: GivenCondition, pointer: string, sample: Sample | undefined, depth: number): MemberFault[] {
  const groups = QUANTIFIERS.filter((by) => condition[by] !== undefined);
  const [by, ...others] = groups;
  if (by === undefined) return testFaults(condition, pointer, sample);
  const extra = [...others, ...[...TEST_MEMBERS, 'items' as const].filter((member) => condition[member] !== undefined)];
  if (depth >= DEEPEST) {
    const detail = `Groups are nested at most ${DEEPEST} deep.`;
    return [{ pointer: `${pointer}/${by}`, code: 'notification_rules.conditions_too_deep', detail }];
  }
  return [
    ...extra.map((member) => ({
      ...{
        pointer: `${pointer}/${member}`,
        code: 'notification_rules.member_unfit',
        detail: `A group by ${by} has no ${member} beside it.`,
      },
    })),
    ...listFaults(condition[by] ?? [], `${pointer}/${by}`, sample, depth + 1),
  ];
}

function testFaults(given: GivenCondition, pointer: string, sample: Sample | undefined): MemberFault[] {
  const missing = TEST_MEMBERS.filter((member) => given[member] === undefined);
  if (missing.length > 0)
    return missing.map((member) => ({
      ...{ pointer: `${pointer}/${member}`, code: 'required', detail: `${member} is required, unless it is a group: any, all or none.` },
    }));
  return sample ? misfits(given as Test, pointer, sample) : [];
}

function misfits({ path, operator, value, items }: Test, pointer: string, sample: Sample): MemberFault[] {
  const at = (member: string, code: string, detail: string) => [
    { pointer: `${pointer}/${member}`, code: `notification_rules.${code}`, detail },
  ];
  const { many, values } = found(sample, partsOf(path));
  const [one] = values;
  if (one === undefined) return at('path', 'path_unknown', pathUnknown(path, sample));
  const operators = operatorsFor(one);
  if (!operators.includes(operator)) return at('operator', 'operator_unfit', `${path} can be asked with ${operators.join(', ')} alone.`);
  if (!operandFits(one, operator, value)) return at('value', 'value_unfit', valueUnfit(path, operator, one));
  return items !== undefined && !many ? at('items', 'items_unfit', `${path} goes through no list, so it has no items.`) : [];
}

function valueUnfit(path: string, operator: Operator, sample: unknown): string {
  const kind = kindOf(sample);
  const example = operator !== 'null' && (kind === 'day' || kind === 'moment') ? ` It is a date, such as ${String(sample)}.` : '';
  return `${path} cannot be compared with this value by ${operator}.${example}`;
}

/** What there is instead: of the record that the path leads astray in. */
export function pathUnknown(path: string, sample: Sample): string {
  const parts = partsOf(path);
  const known = parts.findIndex((_part, index) => found(sample, parts.slice(0, index + 1)).values[0] === undefined);
  const [within] = found(sample, parts.slice(0, Math.max(known, 0))).values;
  const [record]: unknown[] = [within].flat();
  const names = typeof record === 'object' && record !== null ? Object.keys(record) : [];
  const place = known > 0 ? `in ${parts.slice(0, known).join('.')}` : 'at the beginning of a path';
  return `There is no ${path}; ${place} there ${names.length > 0 ? `can be ${names.join(', ')}` : 'is nothing'}.`;
}
