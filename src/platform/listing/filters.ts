import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Operator, isRelated, type Matches, type Value } from './fields.js';
import type { FilterTerm } from './request.js';

const SIGNS: Partial<Record<Operator, string>> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** Narrows the query to what the filters let through. Values are bound, never written into the SQL. */
export function applyFilters<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, filters: readonly FilterTerm[]): void {
  filters.forEach((term, i) => {
    query.andWhere(conditionOf(query, term, `filter${i}`));
  });
}

function conditionOf<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, term: FilterTerm, name: string): string {
  const { field, operator, values } = term;
  if (!isRelated(field)) {
    if (operator === 'null') return `${field.column} IS ${values[0] === true ? '' : 'NOT '}NULL`;
    const matches = comparison(query, term, operator, name)(field.column);
    // "Not this" takes in what has no value at all, so that it is the other half of "this".
    return operator === 'ne' && field.nullable ? `(${matches} OR ${field.column} IS NULL)` : matches;
  }
  const absent = operator === 'ne' || (operator === 'null' && values[0] === true);
  const matches = operator === 'null' ? () => '1 = 1' : comparison(query, term, operator === 'ne' ? 'eq' : operator, name);
  const related = field.exists(query, matches).trim();
  return `${absent ? 'NOT EXISTS' : 'EXISTS'} ${related.startsWith('(') ? related : `(${related})`}`;
}

function comparison<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { field, values }: FilterTerm,
  operator: Operator,
  name: string,
): Matches {
  const lowercase = 'lowercase' in field && field.lowercase === true;
  const bind = (value: Value, suffix: string | number): string => {
    query.setParameter(`${name}_${suffix}`, value);
    return `:${name}_${suffix}`;
  };
  const lowered = values.map((value) => (lowercase && typeof value === 'string' ? value.toLowerCase() : value));
  // One parameter a value: TypeORM does not make a SQLite value of a Date inside an array.
  if (operator === 'in') return (column) => `${column} IN (${lowered.map(bind).join(', ')})`;
  const [value = ''] = lowered;
  const sign = SIGNS[operator];
  if (sign) return (column) => `${column} ${sign} ${bind(value, 0)}`;
  const text = String(value).toLowerCase();
  const pattern = `${operator === 'contains' ? '%' : ''}${escapeLike(text)}%`;
  const onSqlite = query.dataSource.options.type === 'better-sqlite3';
  return (column) => {
    const subject = lowercase ? column : onSqlite ? lowerOnSqlite(column, text, bind) : `LOWER(${column})`;
    return `${subject} LIKE ${bind(pattern, 0)} ESCAPE '!'`;
  };
}

// A backslash means something else in the literals of each database.
const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&');

/** SQLite lowers ASCII alone; the other letters of the text that is looked for are lowered one by one. */
function lowerOnSqlite(column: string, text: string, bind: (value: Value, suffix: string) => string): string {
  const letters = [...new Set(text)].filter((letter) => letter > '\x7f' && letter.toUpperCase().toLowerCase() === letter);
  return letters
    .filter((letter) => letter.toUpperCase() !== letter)
    .reduce((sql, letter, i) => `REPLACE(${sql}, ${bind(letter.toUpperCase(), `u${i}`)}, ${bind(letter, `l${i}`)})`, `LOWER(${column})`);
}
