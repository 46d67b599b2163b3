import type { CellReader } from '../cell-values.js';

/** A column that an import understands, and the member of a row's draft that it fills. */
export interface ImportColumn<Draft extends object> {
  /** `Roles # Role` stands for `Roles 1 Role`, `Roles 2 Role` and so on: its member is the list of their values. */
  readonly header: string;
  readonly member: keyof Draft & string;
  readonly read: CellReader;
  /** Blanks at either end of a cell are part of its value. */
  readonly keepsBlanks?: boolean;
  /** In the template's example row. */
  readonly example: string;
}

/** One column of a file that was understood. */
export interface MatchedColumn<Draft extends object> {
  readonly column: ImportColumn<Draft>;
  /** As the file writes it. */
  readonly header: string;
  /** In the file, from 0. */
  readonly index: number;
}

export const isRepeatable = ({ header }: { readonly header: string }): boolean => header.includes('#');

export const headerOf = ({ header }: { readonly header: string }, number = 1): string => header.replace('#', String(number));
