import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** What a field holds: `date` is a `YYYY-MM-DD` text, `enumerated` one of a few texts. */
export type Kind =
  | { readonly type: 'text' | 'integer' | 'id' | 'boolean' | 'instant' | 'date' }
  | { readonly type: 'enumerated'; readonly values: readonly string[] };

export type Value = string | number | boolean | Date;

export const OPERATORS = ['eq', 'ne', 'in', 'contains', 'startsWith', 'gt', 'gte', 'lt', 'lte', 'null'] as const;
export type Operator = (typeof OPERATORS)[number];

const EQUALITY = ['eq', 'ne', 'in'] as const;
const RANGE = [...EQUALITY, 'gt', 'gte', 'lt', 'lte'] as const;

const OPERATORS_OF: Record<Kind['type'], readonly Operator[]> = {
  text: [...EQUALITY, 'contains', 'startsWith'],
  integer: RANGE,
  id: EQUALITY,
  boolean: ['eq', 'ne'],
  instant: RANGE,
  date: RANGE,
  enumerated: EQUALITY,
};

interface Filterable {
  /** Which of the operators that the type allows; `false` for none. Without it, all of them. */
  readonly filter?: boolean | readonly Operator[];
  /** What the API's documentation says of the filter. */
  readonly description?: string;
}

/** Where parts of a column's texts are looked for, many texts a row: an index helps nobody who does not know how a text begins. */
export interface Packed {
  /** The table with the blocks: `block`, their number, and `texts`, the column with the bytes of all texts in lower case. */
  readonly table: string;
  readonly texts: string;
  /** How many ids a block has: the row with `id` is in the block `id DIV size`. */
  readonly size: number;
  /** The table of the ids whose text is not what their block says, and its column. */
  readonly unpacked: { readonly table: string; readonly id: string };
}

/** A member that is a column of the query: `alias.property`. */
export type ColumnField = Kind &
  Filterable & {
    readonly column: string;
    /** The column may be NULL: allows the operator `null`. Required of nullable columns that are sorted by. */
    readonly nullable?: boolean;
    /** May be a sort key. The column has to belong to the listed entity, and should be indexed. */
    readonly sort?: boolean;
    /** The column holds text in lower case already, so that an index on it serves `startsWith`. */
    readonly lowercase?: boolean;
    /** The column with the text as typed, for requests that are {@link ListRequest.caseSensitive}. */
    readonly asTyped?: string;
    /** Where `contains` looks first. */
    readonly packed?: Packed;
  };

/** SQL that says whether `column` has the value that is filtered by. */
export type Matches = (column: string) => string;

/** A member kept in another table. */
export type RelatedField = Kind &
  Filterable & {
    /** The subselect of related rows that match, such as `SELECT 1 FROM user_roles r WHERE r.user_id = user.id AND ${matches('r.role_id')}`. */
    readonly exists: (query: SelectQueryBuilder<ObjectLiteral>, matches: Matches) => string;
    /** The column of the listed entity to sort by, which has to be indexed; NULL where nothing is related. */
    readonly sort?: string;
  };

export type Field = ColumnField | RelatedField;

/** A query parameter of the resource's own, beside the language of lists. */
export type Parameter = Kind & { readonly required?: boolean; readonly description?: string };

export const isRelated = (field: Field): field is RelatedField => 'exists' in field;

/** The operators a client may use on a field. */
export function operatorsOf(field: Field): readonly Operator[] {
  if (field.filter === false) return [];
  const allowed: Operator[] = [...OPERATORS_OF[field.type]];
  if (isRelated(field) || field.nullable) allowed.push('null');
  const { filter } = field;
  return typeof filter === 'object' ? allowed.filter((operator) => filter.includes(operator)) : allowed;
}
