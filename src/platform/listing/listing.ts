import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor, signatureOf } from './cursor.js';
import type { ListingDefinition } from './definition.js';
import { applyFilters } from './filters.js';
import { fetchRows, positionOf } from './keyset.js';
import { QueryParser } from './query-parser.js';
import type { ListRequest, PageInfo, Parameters, Position } from './request.js';
import { readStructured, type StructuredFilter } from './structured-filter.js';

const BATCH = 500;

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

  /** The rows of one page and the page's place in the list. */
  async page<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, request: ListRequest): Promise<{ rows: T[]; page: PageInfo }> {
    const { order, limit, after } = request;
    const filtered = this.filtered(query, request);
    const total = request.total ? { total: await filtered.clone().getCount() } : {};
    const rows = await fetchRows(filtered, order, limit + 1, after);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const next = last ? encodeCursor(signatureOf(request), positionOf(last, order)) : null;
    return { rows: rows.slice(0, limit), page: { limit, next, ...total } };
  }

  /** Everything behind the request's cursor, in its order, `size` rows at a time; the request's limit is left aside. */
  async *batches<T extends ObjectLiteral>(query: () => SelectQueryBuilder<T>, request: ListRequest, size = BATCH): AsyncGenerator<T[]> {
    let after: Position | undefined = request.after;
    for (;;) {
      const rows = await fetchRows(this.filtered(query(), request), request.order, size, after);
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
  filtered<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, request: ListRequest): SelectQueryBuilder<T> {
    const filtered = query.clone();
    const { wheres } = filtered.expressionMap;
    // `andWhere` binds closer than an OR in what is there: without brackets a filter would widen who sees what.
    if (wheres.length > 0) filtered.expressionMap.wheres = [{ type: 'simple', condition: { operator: 'brackets', condition: wheres } }];
    applyFilters(filtered, request.filters);
    return filtered;
  }
}

/** Declares what a resource's list offers. @throws when the declaration contradicts itself. */
export function defineListing<const P extends Parameters = Record<never, never>>(definition: ListingDefinition<P>): Listing<P> {
  return new Listing(definition);
}

/** What the parameter of a handler with `@ListQuery(listing)` is: `RequestOf<typeof customerListing>`. */
export type RequestOf<L> = L extends Listing<infer P> ? ListRequest<P> : never;
