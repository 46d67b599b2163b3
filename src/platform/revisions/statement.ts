import type { WrittenRows } from '../database/index.js';
import { bare, type Part, splitOutside, unwrapped } from './sql-text.js';

const READS = /^\s*(?:SELECT|SHOW|EXPLAIN|SET\s+STATEMENT\s+[^;]*?\s+FOR\s+SELECT)\b/i;
const WRITES = /\b(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|DROP|LOAD)\b/i;

/** What a statement writes. */
const TARGET =
  /^\s*(?:(INSERT)\s+(?:OR\s+\w+\s+|IGNORE\s+)?INTO\s+[`"]?(\w+)[`"]?|(UPDATE)\s+[`"]?(\w+)[`"]?\s+SET\b|(DELETE)\s+FROM\s+[`"]?(\w+)[`"]?\s*(?:WHERE\b|$))/i;
const VALUES = /\bVALUES\b/gi;
const UPSERT = /\bON\s+(?:CONFLICT|DUPLICATE\s+KEY)\b/gi;
const TERM = /^\s*(?:[`"]?\w+[`"]?\.)?[`"]?(\w+)[`"]?\s*(?:=|IN\b)\s*([^]+)$/i;

/** Literals and comments, in which words would be taken for the statement's own. */
const FOREIGN = /'|--|#|\/\*/;

/** What TypeORM makes of an empty list. */
const NOTHING = /^\s*0\s*=\s*1\s*$/;

export const mayWrite = (sql: string): boolean => !READS.test(sql) && WRITES.test(sql);

/** A statement that writes one table, read as TypeORM writes it. What it cannot be asked for certain is `undefined`. */
export class Statement implements WrittenRows {
  private readonly places = new Map<number, number>();

  private constructor(
    private readonly sql: string,
    private readonly parameters: readonly unknown[],
    readonly kind: string,
    readonly table: string,
  ) {
    for (const { index } of sql.matchAll(/\?/g)) this.places.set(index, this.places.size);
  }

  /** `undefined` for a form in which it may write anything. */
  static read(sql: string, parameters: readonly unknown[]): Statement | undefined {
    const [, ...found] = TARGET.exec(sql) ?? [];
    const [kind, table] = found.filter((one) => one !== undefined);
    if (kind === undefined || table === undefined || FOREIGN.test(sql)) return undefined;
    return new Statement(sql, parameters, kind.toUpperCase(), table);
  }

  get replaces(): boolean {
    return this.sql.search(UPSERT) >= 0;
  }

  assigned(): string[] {
    const [head] = splitOutside(this.whole, /\bWHERE\b/gi);
    const [, assignments] = splitOutside(head ?? this.whole, /\bSET\b/gi);
    return assignments ? splitOutside(assignments, /,/g).map(({ text }) => bare(text.split('=', 1)[0] ?? '')) : [];
  }

  valuesOf(column: string): unknown[] | undefined {
    return this.kind === 'INSERT' ? this.inserted(column) : this.narrowedTo(column);
  }

  /** The values that an INSERT has for a column, row by row. */
  private inserted(column: string): unknown[] | undefined {
    const [head, values] = splitOutside(this.whole, VALUES);
    const names =
      /\(([^()]*)\)\s*$/
        .exec(head?.text ?? '')?.[1]
        ?.split(',')
        .map(bare) ?? [];
    const place = names.indexOf(column);
    const [rows] = values ? splitOutside(values, UPSERT) : [];
    if (!rows || place < 0) return undefined;
    return this.known(splitOutside(rows, /,/g).map((row) => splitOutside(unwrapped(row), /,/g)[place]));
  }

  /** The values, one or several, to which the condition of an UPDATE or DELETE narrows a column. */
  private narrowedTo(column: string): unknown[] | undefined {
    const [, condition] = splitOutside(this.whole, /\bWHERE\b/gi);
    if (!condition || splitOutside(unwrapped(condition), /\bOR\b/gi).length > 1) return undefined;
    const terms = splitOutside(unwrapped(condition), /\bAND\b/gi).map(unwrapped);
    if (terms.some(({ text }) => NOTHING.test(text))) return [];
    for (const term of terms) {
      const [, name, values] = TERM.exec(term.text) ?? [];
      if (name !== column || values === undefined) continue;
      return this.known(splitOutside(unwrapped({ text: values, at: term.at + term.text.lastIndexOf(values) }), /,/g));
    }
    return undefined;
  }

  private get whole(): Part {
    return { text: this.sql, at: 0 };
  }

  private known(parts: readonly (Part | undefined)[]): unknown[] | undefined {
    // MySQL's driver takes a list as one parameter.
    const values = parts.flatMap((part) => part && this.valueOf(part));
    return values.includes(undefined) ? undefined : values;
  }

  /** A number as it stands there, or the value of a parameter. */
  private valueOf({ text, at }: Part): unknown {
    const value = text.trim();
    if (/^\d+$/.test(value)) return value;
    const place = value === '?' ? this.places.get(at + text.indexOf('?')) : undefined;
    return place === undefined ? undefined : this.parameters[place];
  }
}
