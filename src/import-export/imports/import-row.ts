import { CellRefused } from '../cell-values.js';
import { original } from '../csv/index.js';
import type { Differences } from './differences.js';
import { headerOf, type ImportColumn, isRepeatable, type MatchedColumn } from './import-column.js';

export const OUTCOMES = ['added', 'replaced', 'unchanged', 'deleted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What is wrong with one cell of a row. */
export interface CellFault {
  readonly column: string | null;
  readonly code: string;
  /** The whole sentence: `row 1, Email Address: not a valid email address`. */
  readonly detail: string;
  readonly value: string | null;
}

/** One row of a file: its values by member, where empty cells are left out; what is wrong with it; and what became of it. */
export class ImportRow<Draft extends object> {
  readonly draft: Partial<Draft> = {};
  readonly faults: CellFault[] = [];
  /** Set where what the row changes is asked for. */
  keepsDifferences = false;
  differences?: Differences;
  private settled?: Outcome;
  private readonly unread = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(
    /** Counted from 1 across the file. */
    readonly number: number,
    private readonly cells: readonly string[],
    private readonly columns: readonly MatchedColumn<Draft>[],
    private readonly known: readonly ImportColumn<Draft>[],
  ) {
    for (const column of columns) this.read(column);
  }

  get failed(): boolean {
    return this.faults.length > 0;
  }

  get outcome(): Outcome | undefined {
    return this.failed ? undefined : this.settled;
  }

  /** Whether the member has a value, or had one that could not be read. */
  has(member: keyof Draft & string): boolean {
    return this.draft[member] !== undefined || this.unread.has(member);
  }

  /** Whether the member's value was refused, as it was read or by {@link refuse}. */
  isRefused(member: keyof Draft & string): boolean {
    return this.refused.has(member) || this.unread.has(member);
  }

  /**
   * Fails the row for one more reason. `detail` follows the column's name. `value` says which cell of a repeated column is meant.
   */
  refuse(member: keyof Draft & string, code: string, detail: string, value?: string): void {
    this.refused.add(member);
    const own = this.columns.filter(({ column }) => column.member === member);
    const matched = own.find(({ index }) => value !== undefined && this.textAt(index) === value) ?? own[0];
    const column = this.known.find((candidate) => candidate.member === member);
    this.fault(matched?.header ?? (column ? headerOf(column) : member), code, detail, matched ? this.textAt(matched.index) : null);
  }

  /** Fails the row as a whole. */
  refuseRow(code: string, detail: string): void {
    this.faults.push({ column: null, code, detail: `row ${this.number}: ${detail}`, value: null });
  }

  /** Says what becomes of the row, and what it changes, where somebody asked for that. */
  settle(outcome: Outcome, differences?: () => Differences): void {
    this.settled = outcome;
    this.differences = this.keepsDifferences && outcome !== 'unchanged' ? differences?.() : undefined;
  }

  private read({ column, header, index }: MatchedColumn<Draft>): void {
    const text = this.textAt(index);
    if (text === '') return;
    const { member } = column;
    try {
      const value = column.read(column.keepsBlanks ? original(this.cells[index] ?? '') : text);
      const earlier = isRepeatable(column) ? ((this.draft[member] ?? []) as unknown[]) : undefined;
      this.draft[member] = (earlier ? [...earlier, value] : value) as Draft[typeof member];
    } catch (error) {
      if (!(error instanceof CellRefused)) throw error;
      this.unread.add(member);
      this.fault(header, error.code, error.detail, text);
    }
  }

  private fault(column: string, code: string, detail: string, value: string | null): void {
    this.faults.push({ column, code, detail: `row ${this.number}, ${column}: ${detail}`, value });
  }

  private textAt(index: number): string {
    const cell = this.cells[index] ?? '';
    return cell === '' ? cell : original(cell.trim()).trim();
  }
}
