import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readRaw } from '../database/index.js';
import { contains, startsWith } from './comparisons.js';
import type { Search } from './definition.js';
import type { Manner } from './filters.js';

/** Entries of the index that are counted to tell which word is the rarest. */
const COUNTED = 10_000;

/** Narrows the query to rows that have, for every word, one that begins with it; `rarest` leads to them where the database may begin there. */
export function applySearch<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  search: Search,
  words: readonly string[],
  manner: Manner,
  rarest = words[0],
): void {
  const onSqlite = query.dataSource.options.type === 'better-sqlite3';
  words.forEach((word, i) => {
    query.setParameter(`word${i}`, ` ${word}`);
    if (manner === 'row' || word !== rarest) query.andWhere(contains(search.column, `:word${i}`, onSqlite));
  });
  if (manner === 'row' || rarest === undefined) return;
  const { table, id } = search.index;
  const [alias = ''] = search.column.split('.');
  query.andWhere(`${alias}.id IN (SELECT w.${id} FROM ${table} w WHERE ${range(rarest, 'rarest', query)})`);
}

/** The word that leads to the fewest rows, and whether even those are so many that walking in the order of the page meets them soon. */
export async function rarestOf<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { index }: Search,
  words: readonly string[],
): Promise<{ word?: string; common: boolean }> {
  if (words.length === 0) return { common: false };
  const count = query.dataSource.createQueryBuilder().from('(SELECT 1)', 'one');
  words.forEach((word, i) => {
    const entries = `SELECT 1 FROM ${index.table} w WHERE ${range(word, `w${i}`, count)} LIMIT ${COUNTED}`;
    const counted = `(SELECT COUNT(*) FROM (${entries}) c${i})`;
    if (i === 0) count.select(counted, 'n0');
    else count.addSelect(counted, `n${i}`);
  });
  const [counts = {}] = await readRaw<Record<string, unknown>>(count);
  const byCount = words.map((word, i) => ({ word, count: Number(counts[`n${i}`]) }));
  // Of two that are equally rare, the longer one is the safer guess.
  const [rarest] = byCount.sort((one, other) => one.count - other.count || other.word.length - one.word.length);
  return { word: rarest?.word, common: rarest?.count === COUNTED };
}

function range(word: string, name: string, query: SelectQueryBuilder<ObjectLiteral>): string {
  return startsWith('w.word', word, (value, suffix) => {
    query.setParameter(`${name}_${suffix}`, value);
    return `:${name}_${suffix}`;
  });
}
