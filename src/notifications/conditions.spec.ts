import { holdsOf, operandFits, operatorsFor } from './conditions.js';
import type { Operand, Operator } from './default-rules.js';

describe('A condition', () => {
  it.each<[unknown, Operator, Operand, boolean]>([
    ['Acme', 'eq', 'Acme', true],
    ['Acme', 'eq', 'acme', false],
    ['Acme', 'ne', 'acme', true],
    [null, 'ne', 'Acme', true],
    [undefined, 'ne', 'Acme', true],
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
    [true, 'eq', true, true],
    [null, 'null', true, true],
    [undefined, 'null', true, true],
    ['', 'null', false, true],
    ['x', 'null', true, false],
    [null, 'eq', 'null', false],
    [null, 'contains', 'null', false],
    [null, 'lt', 1, false],
    [{}, 'gt', 1, false],
  ])('on %j with %s %j: %s', (actual, operator, value, holds) => {
    expect(holdsOf({ operator, value }, actual)).toBe(holds);
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
});
