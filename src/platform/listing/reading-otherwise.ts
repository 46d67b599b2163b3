import type { ObjectLiteral } from 'typeorm';
import { isRelated, type Value } from './fields.js';
import type { ListRequest, Parameters } from './request.js';

/** Where a field is read for one reader of the list. */
export interface OwnReading<T extends ObjectLiteral, V extends Value = Value> {
  /** An expression over the query's aliases, never NULL. Its parameters are the query's to set. */
  readonly sql: string;
  /** What the expression says of a row. */
  readonly read: (row: T) => V;
}

/** The request with the field `name` read from elsewhere, both to filter and to sort by: for lists whose readers have values of their own. */
export function readingOtherwise<P extends Parameters, T extends ObjectLiteral>(
  request: ListRequest<P>,
  name: string,
  { sql, read }: OwnReading<T>,
): ListRequest<P> {
  return {
    ...request,
    filters: request.filters.map((term) =>
      term.name === name && !isRelated(term.field) ? { ...term, field: { ...term.field, column: sql } } : term,
    ),
    order: request.order.map((key) => (key.name === name ? { ...key, column: sql, read: (row) => read(row as T) } : key)),
  };
}
