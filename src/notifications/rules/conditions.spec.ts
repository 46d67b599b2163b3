import {
  allHold,
  type Condition,
  found,
  holdsOf,
  type Operand,
  operandFits,
  type Operator,
  operatorsFor,
  partsOf,
  type Quantifier,
  tryOut,
} from './conditions.js';

describe('A condition', () => {
  it.each<[unknown, Operator, Operand, boolean]>([
    ['Acme', 'eq', 'Acme', true],
    ['Acme', 'eq', 'acme', false],
    ['Acme', 'ne', 'acme', true],
    [null, 'ne', 'Acme', true],
    [undefined, 'ne', 'Acme', false],
    ['Acme', 'in', ['Other', 'Acme'], true],
    ['Acme', 'in', [], false],
    ['Northwind Ltd', 'contains', 'WIND', true],
    ['Northwind Ltd', 'startsWith', 'north', true],
    ['Northwind Ltd', 'startsWith', 'wind', false],
    [3, 'gt', 2, true],
    [3, 'gt', 3, false],
    [3, 'gte', 3, true],
    [3, 'lt', 10, true],
    ['10', 'lt', 9, false],
    ['2026-11-23', 'lte', '2026-11-23', true],
    ['2026-11-23', 'gt', '2026-11-22', true],
    ['2026-11-02T08:00:00.000Z', 'lt', '2026-11-02T10:00:00+01:00', true],
    ['2026-11-02T08:00:00.000Z', 'gt', '2026-11-02', true],
    ['2026-11-02T08:00:00.000Z', 'eq', '2026-11-02T08:00Z', true],
    ['2026-12-31T00:00:00.000Z', 'eq', '2026-12-31', true],
    ['2026-12-31T00:00:00.000Z', 'lte', '2026-12-31', true],
    ['2026-12-31T00:00:00.000Z', 'gt', '2026-12-31', false],
    ['2026-12-31T00:00:00.000Z', 'in', ['2026-12-30', '2026-12-31'], true],
    ['2026-11-02T08:00:00.000Z', 'in', ['2026-11-02T09:00:00+01:00'], true],
    ['2026-11-02T08:00Z', 'eq', '2026-11-02T08:00Z', true],
    ['2026-11-02T08:00Z', 'startsWith', '2026-11-02T08:00Z', true],
    [true, 'eq', true, true],
    [null, 'null', true, true],
    [undefined, 'null', true, false],
    [[], 'null', true, true],
    [[{ id: 1 }], 'null', false, true],
    ['', 'null', false, true],
    ['x', 'null', true, false],
    [null, 'eq', 'null', false],
    [null, 'contains', 'null', false],
    [null, 'lt', 1, false],
    [{}, 'gt', 1, false],
  ])('on %j with %s %j: %s', (actual, operator, value, holds) => {
    expect(holdsOf({ operator, value }, { many: false, values: [actual] })).toBe(holds);
  });

  it('asks of a member what it can be asked', () => {
    expect(operatorsFor(true)).toEqual(['eq', 'ne', 'null']);
    expect(operatorsFor({ id: 1 })).toEqual(['null']);
    expect(operatorsFor(3)).not.toContain('contains');
    expect(operatorsFor('x')).toContain('startsWith');
    expect(operatorsFor(null)).toContain('contains');
  });

  it.each<[unknown, Operator, Operand, boolean]>([
    ['x', 'eq', 'y', true],
    ['x', 'eq', '2026-02-30', true],
    ['1985-03-09', 'lt', '1990-01-01', true],
    ['1985-03-09', 'lt', 'garbage', false],
    ['1985-03-09', 'eq', '2026-02-30', false],
    ['1985-03-09', 'gte', '2026-02-28T00:00:00Z', false],
    ['1985-03-09', 'in', ['1990-01-01', '1990-1-1'], false],
    ['1985-03-09', 'startsWith', '1985-', true],
    ['1985-03-09', 'null', true, true],
    ['2026-11-02T08:00:00.000Z', 'gt', '2026-11-02', true],
    ['2026-11-02T08:00:00.000Z', 'gt', '2026-11-02T10:00:00+02:00', true],
    ['2026-11-02T08:00:00.000Z', 'gt', '2026-11-02T10:00:00', false],
    ['2026-11-02T08:00:00.000Z', 'gt', '2026-11-02T25:00:00Z', false],
    ['x', 'eq', 1, false],
    [1, 'gt', '1', false],
    [1, 'in', [1, 2], true],
    [1, 'in', [1, '2'], false],
    ['x', 'in', [], false],
    ['x', 'null', true, true],
    ['x', 'null', 'true', false],
    [true, 'eq', 'true', false],
  ])('on the like of %j by %s takes %j: %s', (sample, operator, value, fits) => {
    expect(operandFits(sample, operator, value)).toBe(fits);
  });

  const roles = [{ code: 'BUYER' }, { code: 'ADMIN' }];

  it.each<[object[], Operator, Operand, Quantifier | undefined, boolean]>([
    [roles, 'eq', 'ADMIN', undefined, true],
    [roles, 'eq', 'ADMIN', 'any', true],
    [roles, 'eq', 'ADMIN', 'all', false],
    [roles, 'in', ['ADMIN', 'BUYER'], 'all', true],
    [roles, 'eq', 'VISITOR', 'none', true],
    [roles, 'eq', 'BUYER', 'none', false],
    [[], 'eq', 'BUYER', undefined, false],
    [[], 'eq', 'BUYER', 'none', true],
  ])('on the codes of %j with %s %j of %s: %s', (list, operator, value, items, holds) => {
    expect(holdsOf({ operator, value, items }, found({ roles: list }, ['roles', 'code']))).toBe(holds);
  });

  it('finds what lies in lists, in plain values of lists, and in custom fields whose names have dots', () => {
    expect(found({ changed: ['email', 'phone'] }, ['changed'])).toEqual({ many: true, values: ['email', 'phone'] });
    expect(found({ roles }, ['roles'])).toEqual({ many: false, values: [roles] });
    expect(found({ owner: null }, ['owner', 'email'])).toEqual({ many: false, values: [null] });
    expect(found({ roles }, ['roles', 'constructor', 'name'])).toEqual({ many: true, values: [undefined, undefined] });
    expect(partsOf('customer.customFields.Tax no. EU')).toEqual(['customer', 'customFields', 'Tax no. EU']);
    expect(partsOf('customer.name')).toEqual(['customer', 'name']);
  });

  const is = (path: string, value: number): Condition => ({ path, operator: 'eq', value });

  it.each<[Condition, boolean]>([
    [{ any: [is('a', 2), is('b', 2)] }, true],
    [{ any: [is('a', 2), is('b', 1)] }, false],
    [{ any: [] }, false],
    [{ all: [is('a', 1), is('b', 2)] }, true],
    [{ all: [is('a', 1), is('b', 1)] }, false],
    [{ all: [] }, true],
    [{ none: [is('a', 2), is('b', 1)] }, true],
    [{ none: [is('a', 1), is('b', 1)] }, false],
    [{ any: [is('a', 2), { all: [is('a', 1), { none: [is('b', 1)] }] }] }, true],
  ])('joined as %j holds: %s', async (condition, holds) => {
    const lookUp = (path: string) => Promise.resolve(found({ a: 1, b: 2 }, [path]));

    expect(await allHold([condition], lookUp)).toBe(holds);
    expect((await tryOut(condition, lookUp)).holds).toBe(holds);
  });
});
