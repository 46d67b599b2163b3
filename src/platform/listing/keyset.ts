import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readMembers, readRaw, readRows } from '../database/index.js';
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

/** How rows are read: whole, or these members alone with those that the order needs. */
function readerOf<T extends ObjectLiteral>(order: readonly SortKey[], members: readonly string[] | undefined) {
  if (!members) return (query: SelectQueryBuilder<T>) => readRows(query);
  const read = [...members, ...order.map(({ column }) => memberOf(column))];
  return (query: SelectQueryBuilder<T>) => readMembers<T>(query, read);
}

/** Up to `count` rows in the order of the keys, from behind the position on; with `members` these alone are read. */
export async function fetchRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  order: readonly SortKey[],
  count: number,
  after: Position | undefined,
  members?: readonly string[],
): Promise<T[]> {
  const read = readerOf<T>(order, members);
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
    // What is the same in all rows of the segment orders nothing, and databases sort where they are told to order by a NULL.
    const constant = segment.filter(({ is }) => is === '=' || is === 'IS NULL').length;
    for (const { column, descending } of order.slice(constant)) part.addOrderBy(column, descending ? 'DESC' : 'ASC');
    part.limit(count - rows.length);
    rows.push(...(segment.length > 1 ? await readByIds(query, part, order, read) : await read(part)));
    if (rows.length >= count) break;
  }
  return rows;
}

/**
 * The rows of a segment whose first keys are equal, by their ids. Asked for whole rows, MariaDB begins such a segment at the first row
 * with that key, a million rows before the position; asked for ids, which the key's index has, it begins at the position.
 */
async function readByIds<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  segment: SelectQueryBuilder<T>,
  order: readonly SortKey[],
  read: (query: SelectQueryBuilder<T>) => Promise<T[]>,
): Promise<T[]> {
  const id = order.at(-1)?.column ?? '';
  const ids = (await readRaw<{ id: number | string }>(segment.select(id, 'id'))).map((row) => Number(row.id));
  if (ids.length === 0) return [];
  const rows = await read(query.clone().andWhere(`${id} IN (${ids.join(', ')})`));
  const places = new Map(ids.map((number, place) => [number, place]));
  const member = memberOf(id);
  const placeOf = (row: ObjectLiteral) => places.get(Number(row[member])) ?? 0;
  return rows.sort((one, other) => placeOf(one) - placeOf(other));
}

const memberOf = (column: string): string => column.slice(column.indexOf('.') + 1);

/** Where a row stands in the order. The row must hold the sort keys' columns. */
export function positionOf(row: ObjectLiteral, order: readonly SortKey[]): Position {
  return order.map(({ column, nullable, read = memberAt(column) }) => {
    const value = read(row);
    if (value === null && nullable) return null;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
    throw new Error(`A row is without a value of its sort key ${column}; declare the field nullable, or select the column.`);
  });
}

const memberAt =
  (column: string) =>
  (row: ObjectLiteral): unknown =>
    column
      .split('.')
      .slice(1)
      .reduce<unknown>((owner, member) => (owner as ObjectLiteral | null)?.[member], row);

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
