import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isRelated, type Matches, type Operator, type RelatedField } from './fields.js';
import { type Bind, comparison } from './comparisons.js';
import type { FilterTerm, ListRequest } from './request.js';

/**
 * How the database is to go about what is kept in other tables. `set`: it may begin there, as it does best when all matching rows are
 * wanted. `row`: it asks for each row, as it does best when it walks an index in the order of the page and stops when the page is full;
 * left to itself it would find and sort all matching rows first.
 */
export type Manner = 'set' | 'row';

/** Narrows the query to what the filters let through. Values are bound, never written into the SQL. */
export function applyFilters<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { filters, caseSensitive = false }: Pick<ListRequest, 'filters' | 'caseSensitive'>,
  manner: Manner,
): void {
  const bound = filters.map((term, i): BoundTerm => {
    const bind: Bind = (value, suffix) => {
      query.setParameter(`filter${i}_${suffix}`, value);
      return `:filter${i}_${suffix}`;
    };
    return { term, bind };
  });
  for (const one of bound) {
    const { term, bind } = one;
    if (!isRelated(term.field)) {
      query.andWhere(own(query, term, caseSensitive, bind));
      continue;
    }
    // Both ends of a range are met by one and the same of what is related.
    const together = isRange(term) ? bound.filter((other) => other.term.name === term.name && isRange(other.term)) : [one];
    if (together[0] === one) query.andWhere(related(query, together, term, term.field, manner));
  }
}

interface BoundTerm {
  readonly term: FilterTerm;
  readonly bind: Bind;
}

const RANGE: readonly Operator[] = ['gt', 'gte', 'lt', 'lte'];
const isRange = ({ operator }: FilterTerm): boolean => RANGE.includes(operator);

/** Whether no index leads to the rows that the term lets through without a look at each, or only one of another table. */
export const isHard = ({ field, operator, values }: FilterTerm): boolean =>
  isRelated(field)
    ? operator !== 'ne' && !(operator === 'null' && values[0] === true)
    : operator === 'contains' || (operator === 'startsWith' && field.lowercase !== true);

function own<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { field, operator, values }: FilterTerm,
  caseSensitive: boolean,
  bind: Bind,
): string {
  if (isRelated(field)) throw new Error('A related field has no column of its own.');
  if (operator === 'null') return `${field.column} IS ${values[0] === true ? '' : 'NOT '}NULL`;
  const text = field.lowercase ? 'lower' : 'any';
  const matches = comparison(query, { operator, values, text }, bind)(field.column);
  if (caseSensitive && field.asTyped !== undefined) {
    const typed = comparison(query, { operator, values, text: 'exact' }, (value, suffix) => bind(value, `typed${suffix}`))(field.asTyped);
    // The comparison in lower case stays beside it: it has the index.
    return operator === 'ne' ? typed : `${matches} AND ${typed}`;
  }
  // "Not this" takes in what has no value at all, so that it is the other half of "this".
  return operator === 'ne' && field.nullable ? `(${matches} OR ${field.column} IS NULL)` : matches;
}

function related<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  terms: readonly BoundTerm[],
  { operator, values }: FilterTerm,
  field: RelatedField,
  manner: Manner,
): string {
  const absent = operator === 'ne' || (operator === 'null' && values[0] === true);
  const compared = terms.map(({ term, bind }) =>
    comparison(query, { operator: term.operator === 'ne' ? 'eq' : term.operator, values: term.values, text: 'any' }, bind),
  );
  const matches: Matches = operator === 'null' ? () => '1 = 1' : (column) => compared.map((compare) => compare(column)).join(' AND ');
  const rows = field
    .exists(query, matches)
    .trim()
    .replace(/^\((.*)\)$/s, '$1');
  // MariaDB and MySQL make a join of EXISTS, which may begin with the other table; a value they look up where it is asked for.
  if (manner === 'row') return `(${rows} LIMIT 1) IS ${absent ? '' : 'NOT '}NULL`;
  return `${absent ? 'NOT EXISTS' : 'EXISTS'} (${rows})`;
}
