import { RowValues } from './row-values.js';

/** What a statement writes, in the words of the database. */
export interface WrittenRows {
  readonly kind: string;
  readonly table: string;
  /** An INSERT that may change a row that there is. */
  readonly replaces: boolean;
  /** The columns that an UPDATE sets. */
  assigned(): readonly string[];
  /** The values that a column has in the rows that are written; `undefined` where that is not certain. */
  valuesOf(column: string): readonly unknown[] | undefined;
}

/** A statement that brings its rows along: its parameters are their values for these columns, row by row, or a list of them. */
interface Given {
  readonly kind: 'INSERT' | 'UPDATE';
  readonly table: string;
  /** Of an UPDATE the first is the one by which it finds its rows. */
  readonly columns: readonly string[];
  /** What an UPDATE sets beside them. */
  readonly counted?: string;
}

/** Texts of up to 50 KB each. */
const MOST = 100;

const told = new Map<string, Given>();

/** Says what a statement writes, so that who hears it need not read that out of its text. Answers the text. */
export function telling(sql: string, given: Given): string {
  if (told.size >= MOST && !told.has(sql)) told.clear();
  told.set(sql, given);
  return sql;
}

/** What was said of a statement. */
export function toldRows(sql: string, parameters: readonly unknown[]): WrittenRows | undefined {
  const given = told.get(sql);
  if (!given) return undefined;
  const { kind, table, columns, counted } = given;
  return {
    kind,
    table,
    replaces: false,
    assigned: () => [...columns.slice(1), ...(counted === undefined ? [] : [counted])],
    valuesOf: (column) => {
      const place = columns.indexOf(column);
      // What an UPDATE sets says nothing of what was there before.
      if (place < 0 || (kind === 'UPDATE' && place > 0)) return undefined;
      const [first] = parameters;
      const rows: unknown = first instanceof RowValues ? first.rows : first;
      return Array.isArray(rows)
        ? (rows as (unknown[] | null)[]).map((row) => row?.[place])
        : parameters.filter((_value, index) => index % columns.length === place);
    },
  };
}
