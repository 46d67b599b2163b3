import { escape } from 'mysql2';

/** What a literal does not take as it stands. */
const SPECIAL = /['\\]/;

/** The rows of an INSERT as MySQL's driver writes them into the statement: made into text beforehand, while an earlier statement runs. */
export class RowValues {
  private readonly text: string;

  constructor(readonly rows: readonly (readonly unknown[])[]) {
    this.text = textOf(rows);
  }

  /** The driver asks for this. */
  toSqlString(): string {
    return this.text;
  }
}

function textOf(rows: readonly (readonly unknown[])[]): string {
  let text = '';
  for (const row of rows) {
    text += text === '' ? '(' : ',(';
    for (let i = 0; i < row.length; i++) text += i === 0 ? literal(row[i]) : `,${literal(row[i])}`;
    text += ')';
  }
  return text;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && !SPECIAL.test(value)) return `'${value}'`;
  if (value instanceof Date) return instant(value);
  return escape(value as Parameters<typeof escape>[0], undefined, 'Z');
}

let [latest, latestText] = [Number.NaN, 'NULL'];

/** Most rows of a statement have the same moment. */
function instant(value: Date): string {
  const time = value.getTime();
  if (time !== latest) [latest, latestText] = [time, escape(value, undefined, 'Z')];
  return latestText;
}
