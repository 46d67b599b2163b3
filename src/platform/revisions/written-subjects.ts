import { toldRows, type WrittenRows } from '../database/index.js';
import { mayWrite, Statement } from './statement.js';
import { EVERYTHING, type Subject, subject } from './subject.js';
import type { WatchedTable } from './watched-tables.js';

/** As many of them are worth being told apart. */
const MOST = 5_000;

/** Whether a row is one that the same transaction has made. */
type IsNew = (table: string, id: unknown) => boolean;

/** Knows which subjects the rows belong to that a statement writes. */
export class WrittenSubjects {
  private readonly tables: ReadonlyMap<string, WatchedTable>;
  private readonly names: RegExp;
  /** By kind, the table whose rows are the subjects themselves. */
  private readonly homes: ReadonlyMap<string, string>;

  constructor(tables: readonly WatchedTable[]) {
    this.tables = new Map(tables.map((table) => [table.name, table]));
    this.homes = new Map(tables.flatMap(({ name, by }) => [by.get('id')].flatMap((kind) => (kind === undefined ? [] : [[kind, name]]))));
    this.names = new RegExp(`\\b(?:${[...this.tables.keys()].join('|')})\\b`, 'i');
  }

  /**
   * A statement that does not say plainly what it writes, and names a watched table, writes everything. Rows that are added to what is new
   * itself change nothing that anybody could have read.
   */
  of(sql: string, parameters: readonly unknown[] = [], isNew: IsNew = () => false): readonly Subject[] {
    if (this.tables.size === 0 || !mayWrite(sql)) return [];
    const told = toldRows(sql, parameters);
    if (!told && !this.names.test(sql)) return [];
    const statement = told ?? Statement.read(sql, parameters);
    const written = statement ? this.read(statement, isNew) : undefined;
    return written === undefined || written.length > MOST ? [EVERYTHING] : written;
  }

  private read(statement: WrittenRows, isNew: IsNew): Subject[] | undefined {
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
      const ids = statement.valuesOf(column);
      if (!ids?.every((id) => typeof id === 'number' || typeof id === 'string')) continue;
      const home = this.homes.get(kind);
      const known = statement.kind === 'INSERT' && home !== undefined ? ids.filter((id) => !isNew(home, id)) : ids;
      return known.map((id) => subject(kind, id));
    }
    return undefined;
  }
}
