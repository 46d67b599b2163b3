import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readRaw } from '../database/index.js';
import { isRelated } from './fields.js';
import type { FilterTerm, ListRequest } from './request.js';

/** Where more blocks have the part, an order's index is walked, which meets it often enough. */
const MOST_BLOCKS = 200;
/** Of more rows than that, a whole read is no slower. */
const MOST_UNPACKED = 2_000;

/**
 * A condition on the id that every row with the part meets, and few others do: the blocks that have the part, and what is not packed.
 * Nothing when there are too many of either, or when the term does not look for a part of a packed column.
 */
async function placesOf<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { field, operator, values }: FilterTerm,
  id: string,
): Promise<string | undefined> {
  if (isRelated(field) || !field.packed || operator !== 'contains') return undefined;
  const { table, texts, size, unpacked } = field.packed;
  const onSqlite = query.dataSource.options.type === 'better-sqlite3';
  const part = onSqlite ? `INSTR(${texts}, :part)` : `LOCATE(CAST(:part AS BINARY), ${texts})`;
  const blocks = `SELECT block AS place, 1 AS whole FROM ${table} WHERE ${part} > 0 LIMIT ${MOST_BLOCKS + 1}`;
  const single = `SELECT ${unpacked.id} AS place, 0 AS whole FROM ${unpacked.table} LIMIT ${MOST_UNPACKED + 1}`;
  const places = query.dataSource
    .createQueryBuilder()
    .select(['place', 'whole'])
    .from(`(SELECT * FROM (${blocks}) b UNION ALL SELECT * FROM (${single}) s)`, 'places')
    .setParameter('part', String(values[0]).toLowerCase());
  const found = await readRaw<{ place: number | string; whole: number | string }>(places);
  const whole = found.filter((row) => Number(row.whole) === 1).map(({ place }) => Number(place));
  const ids = found.filter((row) => Number(row.whole) === 0).map(({ place }) => Number(place));
  if (whole.length > MOST_BLOCKS || ids.length > MOST_UNPACKED) return undefined;
  const ranges = runsOf(whole).map(([first, last]) => `${id} BETWEEN ${first * size} AND ${(last + 1) * size - 1}`);
  // Numbers that the database gave, written out. Ids are never 0.
  return `(${[...ranges, `${id} IN (${[0, ...ids].join(', ')})`].join(' OR ')})`;
}

/** Conditions on the id, one for each term of a request that a packed column narrows. */
export async function narrowed<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { filters }: Pick<ListRequest, 'filters'>,
  id: string,
): Promise<readonly string[]> {
  const places = [];
  for (const term of filters) places.push(await placesOf(query, term, id));
  return places.filter((place) => place !== undefined);
}

/** Neighbouring blocks as one range each: first and last. */
function runsOf(blocks: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const block of blocks.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === block) run[1] = block;
    else runs.push([block, block]);
  }
  return runs;
}
