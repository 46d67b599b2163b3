import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { ReadTooLong, readRaw } from '../database/index.js';
import { DomainError } from '../errors/index.js';
import { decodeCursor, encodeCursor, signatureOf } from './cursor.js';
import type { ListingDefinition } from './definition.js';
import { applyFilters, isHard, type Manner } from './filters.js';
import { fetchRows, positionOf } from './keyset.js';
import { narrowed } from './packed.js';
import { QueryParser } from './query-parser.js';
import type { ListRequest, PageInfo, Parameters, Position } from './request.js';
import { applySearch, rarestOf } from './search.js';
import { readStructured, type StructuredFilter } from './structured-filter.js';

const BATCH = 500;

/** So many rows are found first and then sorted; where more match, the order's index is walked, which meets them often enough. */
const FEW = 1_000;

const TOO_BROAD =
  'Too much would have to be read for this list. Narrow it with further filters, use `q` or `startsWith` in place of `contains`, or sort by one key.';

/**
 * The whitelist of one resource's filters and sort keys, and what turns a client's query into SQL. The queries given to it select the
 * listed entity under the alias of `id`, with who may see what as their `where`, and without joins that multiply rows.
 */
export class Listing<P extends Parameters = Parameters> {
  private readonly parser: QueryParser<P>;

  constructor(readonly definition: ListingDefinition<P>) {
    this.parser = new QueryParser(definition);
  }

  /** Reads the query parameters of a request. @throws InvalidInput with every fault, by parameter. */
  parse(query: unknown): ListRequest<P> {
    return this.parser.parse(query);
  }

  /** Reads a filter kept or sent as JSON, as exports and acts on many rows take it. @throws InvalidInput that points into the body. */
  parseStructured(body: StructuredFilter): ListRequest<P> {
    return readStructured(body, (query) => this.parse(query));
  }

  /**
   * The rows of one page and the page's place in the list.
   * @throws 422 `listing.too_broad` when the server has to read too much for it.
   */
  page<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, request: ListRequest): Promise<{ rows: T[]; page: PageInfo }> {
    return refusingTooBroad(async () => {
      const { order, limit, after } = request;
      const found = await this.few(query, request);
      const total = request.total ? { total: await this.count(query, request, found) } : {};
      const rows = await this.rows(query, request, limit + 1, after, found.ids);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      const next = last ? encodeCursor(signatureOf(request), positionOf(last, order)) : null;
      return { rows: rows.slice(0, limit), page: { limit, next, ...total } };
    });
  }

  /** How many rows the filters let through. @throws ReadTooLong */
  async count<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, request: ListRequest, found?: Found): Promise<number> {
    const { ids, rarest } = found ?? (await this.few(query, request));
    return ids?.length ?? (await countOf(this.filtered(query, request, 'set', rarest)));
  }

  /**
   * Everything behind the request's cursor, in its order, `size` rows at a time; the request's limit is left aside. With `members` the
   * rows are plain objects that have these and those of the order alone, beside what the query selects under names of its own.
   */
  async *batches<T extends ObjectLiteral>(
    query: () => SelectQueryBuilder<T>,
    request: ListRequest,
    size = BATCH,
    members?: readonly string[],
  ): AsyncGenerator<T[]> {
    let after: Position | undefined = request.after;
    const { ids } = await this.few(query(), request);
    for (;;) {
      const rows = await this.rows(query(), request, size, after, ids, members);
      const last = rows.at(-1);
      if (last) yield rows;
      if (!last || rows.length < size) return;
      after = positionOf(last, request.order);
    }
  }

  /** The cursor behind a row, for work that goes on later with {@link after}. */
  cursorAt(row: ObjectLiteral, request: ListRequest): string {
    return encodeCursor(signatureOf(request), positionOf(row, request.order));
  }

  /** The same request from a cursor on. @throws when the cursor is of another list. */
  after(cursor: string, request: ListRequest<P>): ListRequest<P> {
    const after = decodeCursor(cursor, signatureOf(request), request.order);
    if (!after) throw new Error('The cursor is none of this list.');
    return { ...request, after };
  }

  /** The query with the request's filters, for what works on all rows of a list at once. */
  filtered<T extends ObjectLiteral>(
    query: SelectQueryBuilder<T>,
    request: ListRequest,
    manner: Manner = 'set',
    rarest = request.words?.[0],
  ): SelectQueryBuilder<T> {
    const filtered = query.clone();
    const { wheres } = filtered.expressionMap;
    // `andWhere` binds closer than an OR in what is there: without brackets a filter would widen who sees what.
    if (wheres.length > 0) filtered.expressionMap.wheres = [{ type: 'simple', condition: { operator: 'brackets', condition: wheres } }];
    applyFilters(filtered, request, manner);
    const { search } = this.definition;
    if (search) applySearch(filtered, search, request.words ?? [], manner, rarest);
    return filtered;
  }

  private rows<T extends ObjectLiteral>(
    query: SelectQueryBuilder<T>,
    request: ListRequest,
    count: number,
    after: Position | undefined,
    ids: readonly number[] | undefined,
    members?: readonly string[],
  ): Promise<T[]> {
    if (ids?.length === 0) return Promise.resolve([]);
    const filtered = this.filtered(query, request, 'row');
    // Numbers that the database gave: written out, a thousand of them cost less than as parameters.
    if (ids) filtered.andWhere(`${this.definition.id} IN (${ids.join(', ')})`);
    return fetchRows(filtered, request.order, count, after, members);
  }

  /** The ids of the rows where a filter may let through few of very many, and does. */
  private async few<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, request: ListRequest): Promise<Found> {
    const { filters, words = [] } = request;
    const { search, id } = this.definition;
    if (words.length === 0 && !filters.some(isHard)) return {};
    const { word: rarest, common } = search ? await rarestOf(query, search, words) : { common: false };
    if (common && !filters.some(isHard)) return { rarest };
    const found = this.filtered(query, request, 'set', rarest)
      .select(id, 'id')
      .limit(FEW + 1);
    for (const places of await narrowed(query, request, id)) found.andWhere(places);
    const ids = (await readRaw<{ id: number | string }>(found)).map((row) => Number(row.id));
    return ids.length > FEW ? { rarest } : { rarest, ids };
  }
}

/** All ids where they are few, and the rarest of the words that are searched for. */
interface Found {
  readonly ids?: number[];
  readonly rarest?: string;
}

async function countOf(query: SelectQueryBuilder<ObjectLiteral>): Promise<number> {
  const [row] = await readRaw<{ total: number | string }>(query.select('COUNT(*)', 'total'));
  return Number(row?.total ?? 0);
}

async function refusingTooBroad<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof ReadTooLong ? new DomainError('unprocessable', 'listing.too_broad', TOO_BROAD) : error;
  }
}

/** Declares what a resource's list offers. @throws when the declaration contradicts itself. */
export function defineListing<const P extends Parameters = Record<never, never>>(definition: ListingDefinition<P>): Listing<P> {
  return new Listing(definition);
}

/** What the parameter of a handler with `@ListQuery(listing)` is: `RequestOf<typeof customerListing>`. */
export type RequestOf<L> = L extends Listing<infer P> ? ListRequest<P> : never;
