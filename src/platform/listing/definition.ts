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
}

/** The keys that lists may be sorted by, each ascending. */
export function sortKeysOf({ fields, id }: ListingDefinition): Map<string, SortKey> {
  const keys = new Map<string, SortKey>();
  for (const [name, field] of Object.entries(fields)) {
    if (isRelated(field) || !field.sort) continue;
    if (aliasOf(field.column) !== aliasOf(id))
      throw new Error(`Lists cannot be sorted by ${name}: ${field.column} is not of the entity of ${id}.`);
    keys.set(name, { name, column: field.column, kind: field, nullable: field.nullable === true, descending: false });
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
