import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readRows } from '../database/index.js';
import type { Value } from './fields.js';
import type { Position, SortKey } from './request.js';

interface Comparison {
  readonly column: string;
  readonly is: '=' | '<' | '>' | 'IS NULL' | 'IS NOT NULL';
  readonly value?: Value;
}

/**
 * The rows behind a position, as segments that follow each other. Each is a conjunction that one range of an index answers, however
 * many rows are equal in the first keys; one condition with OR would make databases walk the index from its start.
 */
export function* segmentsAfter(order: readonly SortKey[], position: Position): Generator<readonly Comparison[]> {
  const ties = order.map((key, i) => equal(key, position[i] ?? null));
  for (let depth = order.length - 1; depth >= 0; depth--) {
    const key = order[depth];
    for (const beyond of key ? comparisonsBeyond(key, position[depth] ?? null) : []) yield [...ties.slice(0, depth), beyond];
  }
}

/** Up to `count` rows in the order of the keys, from behind the position on. */
export async function fetchRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  order: readonly SortKey[],
  count: number,
  after: Position | undefined,
): Promise<T[]> {
  const rows: T[] = [];
  for (const segment of after ? segmentsAfter(order, after) : [[]]) {
    const part = query.clone();
    segment.forEach(({ column, is, value }, i) => {
      part.andWhere(
        value === undefined ? `${column} ${is}` : `${column} ${is} :keyset${i}`,
        value === undefined ? {} : { [`keyset${i}`]: value },
      );
    });
    part.orderBy();
    for (const { column, descending } of order) part.addOrderBy(column, descending ? 'DESC' : 'ASC');
    rows.push(...(await readRows(part.limit(count - rows.length))));
    if (rows.length >= count) break;
  }
  return rows;
}

/** Where a row stands in the order. The row must hold the sort keys' columns. */
export function positionOf(row: ObjectLiteral, order: readonly SortKey[]): Position {
  return order.map(({ column, nullable }) => {
    const value = column
      .split('.')
      .slice(1)
      .reduce<unknown>((owner, member) => (owner as ObjectLiteral | null)?.[member], row);
    if (value === null && nullable) return null;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
    throw new Error(`A row is without a value of its sort key ${column}; declare the field nullable, or select the column.`);
  });
}

const equal = ({ column }: SortKey, value: Value | null): Comparison =>
  value === null ? { column, is: 'IS NULL' } : { column, is: '=', value };

/** MySQL and SQLite sort NULL below everything. */
function comparisonsBeyond({ column, descending, nullable }: SortKey, value: Value | null): Comparison[] {
  if (value === null) return descending ? [] : [{ column, is: 'IS NOT NULL' }];
  if (!descending) return [{ column, is: '>', value }];
  return nullable
    ? [
        { column, is: '<', value },
        { column, is: 'IS NULL' },
      ]
    : [{ column, is: '<', value }];
}
