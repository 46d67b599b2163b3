import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { ListRequest } from '../../platform/listing/index.js';
import { TIMELINE_KINDS, type TimelineKind, type TimelineRows } from './timeline-source.js';

/** Room for more kinds than there are: an entry's id is its record's, times this, and the place of its kind. */
const KINDS = 16;

const SIGNS: Readonly<Record<string, string>> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** An entry before its record is read. Its id is unique over all kinds. */
export interface TimelineEntry {
  readonly id: number;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly recordId: number;
}

/** The entries of one kind, by `at` and by the id of an entry. */
export interface TimelinePart {
  readonly matching: SelectQueryBuilder<ObjectLiteral>;
  /** Of the page that is asked for, in its order, and one more: what no other kind's entries can be before. */
  readonly page: SelectQueryBuilder<ObjectLiteral>;
}

/** What one kind can have on the page that is asked for: one range of an index, however much there is. */
export function partOf(kind: TimelineKind, { query, id, at }: TimelineRows, { filters, order, after, limit }: ListRequest): TimelinePart {
  const place = TIMELINE_KINDS.indexOf(kind);
  const matching = query.clone();
  for (const [i, { name, operator, values }] of filters.entries())
    if (name === 'at') matching.andWhere(`${at} ${SIGNS[operator]} :timeline${i}`, { [`timeline${i}`]: values[0] });
  const direction = order[0]?.descending === false ? 'ASC' : 'DESC';
  const page = matching.clone().select(`${id} * ${KINDS} + ${place}`, 'entry').addSelect(at, 'moment');
  if (after) {
    const [moment, entry] = after;
    const record = (Number(entry) - place) / KINDS;
    const [beyond, ids] = direction === 'DESC' ? ['<', Math.ceil(record)] : ['>', Math.floor(record)];
    page.andWhere(`${at} ${beyond}= :timelineMoment AND (${at} ${beyond} :timelineMoment OR ${id} ${beyond} :timelineId)`, {
      ...{ timelineMoment: moment, timelineId: ids },
    });
  }
  return {
    matching,
    page: page
      .orderBy(at, direction)
      .addOrderBy(id, direction)
      .limit(limit + 1),
  };
}

/** The entries of the page and one more, in one statement. */
export async function readParts(manager: EntityManager, parts: readonly TimelinePart[], { order, limit }: ListRequest) {
  if (parts.length === 0) return [];
  const direction = order[0]?.descending === false ? 'ASC' : 'DESC';
  const [sql, parameters] = united(parts.map(({ page }) => page));
  const tail = `ORDER BY moment ${direction}, entry ${direction} LIMIT ${limit + 1}`;
  const rows = await manager.query<{ entry: number | string; moment: unknown }[]>(`${sql} ${tail}`, parameters);
  return rows.map(({ entry, moment }) => entryOf(Number(entry), instantOf(moment)));
}

export async function countParts(manager: EntityManager, parts: readonly TimelinePart[]): Promise<number> {
  if (parts.length === 0) return 0;
  const [sql, parameters] = united(parts.map(({ matching }) => matching.clone().select('COUNT(*)', 'entries')));
  const rows = await manager.query<{ entries: number | string }[]>(sql, parameters);
  return rows.reduce((sum, { entries }) => sum + Number(entries), 0);
}

function united(queries: readonly SelectQueryBuilder<ObjectLiteral>[]): [sql: string, parameters: unknown[]] {
  const statements = queries.map((query) => query.getQueryAndParameters());
  const sql = statements.map(([text], i) => `SELECT * FROM (${text}) part${i}`).join(' UNION ALL ');
  return [sql, statements.flatMap(([, parameters]) => parameters as unknown as unknown[])];
}

function entryOf(id: number, at: Date): TimelineEntry {
  const kind = TIMELINE_KINDS[id % KINDS];
  if (!kind) throw new Error(`No kind of entries has the place ${id % KINDS}.`);
  return { id, at, kind, recordId: Math.floor(id / KINDS) };
}

/** SQLite answers a text, in UTC. */
const instantOf = (moment: unknown): Date => (moment instanceof Date ? moment : new Date(`${String(moment).replace(' ', 'T')}Z`));
