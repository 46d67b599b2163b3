import { GivenRows } from './given-rows.js';
import { mayWrite, Statement } from './statement.js';
import { EVERYTHING, type Subject, subject } from './subject.js';
import type { WatchedTable } from './watched-tables.js';

/** As many of them are worth being told apart. */
const MOST = 5_000;

/** Knows which subjects the rows belong to that a statement writes. */
export class WrittenSubjects {
  private readonly tables: ReadonlyMap<string, WatchedTable>;
  private readonly names: RegExp;

  constructor(tables: readonly WatchedTable[]) {
    this.tables = new Map(tables.map((table) => [table.name, table]));
    this.names = new RegExp(`\\b(?:${[...this.tables.keys()].join('|')})\\b`, 'i');
  }

  /** A statement that does not say plainly what it writes, and names a watched table, writes everything. */
  of(sql: string, parameters: readonly unknown[] = []): readonly Subject[] {
    if (this.tables.size === 0 || !mayWrite(sql) || !this.names.test(sql)) return [];
    const statement = GivenRows.read(sql, parameters) ?? Statement.read(sql, parameters);
    const written = statement ? this.read(statement) : undefined;
    return written === undefined || written.length > MOST ? [EVERYTHING] : written;
  }

  private read(statement: Statement | GivenRows): Subject[] | undefined {
    const table = this.tables.get(statement.table);
    // The watched one is read only, in order to write this one.
    if (!table) return [];
    const { all, by, added, apartFrom } = table;
    if (statement.kind === 'INSERT' && !added && !statement.replaces) return [];
    const assigned = statement.kind === 'UPDATE' ? statement.assigned() : [];
    if (assigned.length > 0 && assigned.every((column) => apartFrom.has(column))) return [];
    if (all !== undefined) return [all];
    // It may be about another one from now on.
    if (assigned.some((column) => by.has(column))) return undefined;
    for (const [column, kind] of by) {
      const ids = statement.kind === 'INSERT' ? statement.inserted(column) : statement.narrowedTo(column);
      if (ids?.every((id) => typeof id === 'number' || typeof id === 'string')) return ids.map((id) => subject(kind, id));
    }
    return undefined;
  }
}
