import type { Field } from './fields.js';
import { isRelated } from './fields.js';
import type { Parameters, SortKey } from './request.js';

/** What a resource offers to those who list it; all that is not here is refused. */
export interface ListingDefinition<P extends Parameters = Parameters> {
  readonly fields: Readonly<Record<string, Field>>;
  /** The column that breaks ties: `alias.id`. */
  readonly id: string;
  /** As a client would write it, such as `-createdAt`. Without it, lists are sorted by id. */
  readonly defaultSort?: string;
  /** Query parameters of the resource's own. */
  readonly parameters?: P;
  /** Where the parameter `q` looks. Without it, there is none. */
  readonly search?: Search;
}

/** What makes rows be found by the beginnings of words. */
export interface Search {
  /** The column with a row's words as {@link wordsOf} makes them, a space before and behind each: `alias.property`. */
  readonly column: string;
  /** The table that has each word of each row again, its primary key being `word` and then the row's id in the column `id`. */
  readonly index: { readonly table: string; readonly id: string };
  /** What the API's documentation says of `q`. */
  readonly description: string;
}

/** The keys that lists may be sorted by, each ascending. */
export function sortKeysOf({ fields, id }: ListingDefinition): Map<string, SortKey> {
  const keys = new Map<string, SortKey>();
  for (const [name, field] of Object.entries(fields)) {
    const column = isRelated(field) ? field.sort : field.sort && field.column;
    if (!column) continue;
    if (aliasOf(column) !== aliasOf(id)) throw new Error(`Lists cannot be sorted by ${name}: ${column} is not of the entity of ${id}.`);
    keys.set(name, { name, column, kind: field, nullable: isRelated(field) || field.nullable === true, descending: false });
  }
  return keys;
}

/** Appends the id, which goes the way of the key before it, so that one index is walked in one direction. */
export function breakTies(keys: readonly SortKey[], id: string): readonly SortKey[] {
  const end = keys.findIndex((key) => key.column === id);
  if (end >= 0) return keys.slice(0, end + 1);
  return [...keys, { name: 'id', column: id, kind: { type: 'id' }, nullable: false, descending: keys.at(-1)?.descending ?? false }];
}

const aliasOf = (column: string): string => column.slice(0, column.indexOf('.'));
