import { bare } from './sql-text.js';

/** `updateMany` on SQLite, and on MySQL: the first given column of each row is its id. */
const ON_SQLITE =
  /^WITH given \(([^()]*)\) AS \(VALUES [(), ?]+\) UPDATE "(\w+)"\s+SET ([^]*)\s+FROM given WHERE given\."?id"? = "\2"\."?id"?$/;
const ON_MYSQL =
  /^UPDATE \(SELECT ([^()]*?)\s+(?:UNION ALL SELECT [?, ]+)*\) given STRAIGHT_JOIN `(\w+)` kept ON kept\.`?id`? = given\.`?id`?\s+SET ([^]*)$/;

/** An update of rows that the statement itself brings along, each with its id and the values of the same columns. */
export class GivenRows {
  readonly kind = 'UPDATE';
  readonly replaces = true;

  private constructor(
    readonly table: string,
    private readonly columns: readonly string[],
    private readonly assignments: string,
    private readonly parameters: readonly unknown[],
  ) {}

  /** `undefined` for any other statement. */
  static read(sql: string, parameters: readonly unknown[]): GivenRows | undefined {
    const [, columns, table, assignments] = ON_SQLITE.exec(sql) ?? ON_MYSQL.exec(sql) ?? [];
    if (columns === undefined || table === undefined || assignments === undefined) return undefined;
    const names = columns.split(',').map((column) => bare(column.replace(/^.*\bAS\b/i, '')));
    return parameters.length % names.length === 0 ? new GivenRows(table, names, assignments, parameters) : undefined;
  }

  assigned(): string[] {
    return this.assignments.split(',').map((one) => bare(one.split('=', 1)[0] ?? ''));
  }

  inserted(): undefined {
    return undefined;
  }

  narrowedTo(column: string): unknown[] | undefined {
    const [id] = this.columns;
    return column === id ? this.parameters.filter((_value, place) => place % this.columns.length === 0) : undefined;
  }
}
