import { FileUnreadable, MAX_COLUMNS, original } from '../csv/index.js';
import { type ImportColumn, isRepeatable, type MatchedColumn } from './import-column.js';

/** The column of an error file that says what is wrong; an import of the mended file passes over it. */
export const ERRORS_HEADER = 'Errors';

/** Characters of a column's name, at most: errors and warnings say it again and again. */
const MAX_HEADER = 255;

/** Something about a column that the importer should know and that stops nothing. */
export interface ImportWarning {
  column: string;
  code: string;
  detail: string;
}

/** By the header in the file: the header, or the member, that it stands for. */
export type Mapping = Readonly<Record<string, string>>;

export interface MatchedHeader<Draft extends object> {
  readonly headers: readonly string[];
  readonly columns: readonly MatchedColumn<Draft>[];
  readonly warnings: readonly ImportWarning[];
}

/**
 * Finds out which column is which: by the mapping, by the exact name, by the name without regard to case and spaces, and by the name of
 * the member. Throws `FileUnreadable` when two headers are equal or stand for one column, when one is too long, and when none is known.
 */
export function matchHeader<Draft extends object>(
  cells: readonly string[],
  known: readonly ImportColumn<Draft>[],
  mapping: Mapping = {},
): MatchedHeader<Draft> {
  if (cells.length > MAX_COLUMNS)
    throw new FileUnreadable('too_many_columns', `The file has ${cells.length} columns; no more than ${MAX_COLUMNS} are taken.`);
  const headers = cells.map((cell) => original(cell).trim());
  refuseLong(headers);
  refuseRepeated(headers);
  const warnings: ImportWarning[] = [];
  const columns: MatchedColumn<Draft>[] = [];
  headers.forEach((header, index) => {
    const column = columnFor(Object.hasOwn(mapping, header) ? (mapping[header] ?? header) : header, known);
    if (column) columns.push({ column, header, index });
    else if (header !== ERRORS_HEADER) warnings.push(warningOf(header, index));
  });
  refuseAmbiguous(columns);
  for (const header of Object.keys(mapping))
    if (!headers.includes(header))
      warnings.push({ column: header, code: 'imports.mapped_column_missing', detail: `The mapping names ${header}, the file does not.` });
  if (columns.length === 0)
    throw new FileUnreadable('no_known_column', `The file has none of the columns that this import knows, such as ${known[0]?.header}.`);
  return { headers, columns, warnings };
}

/** The column of that name; exact names go first. */
export function columnFor<Column extends { readonly header: string; readonly member: string }>(
  name: string,
  known: readonly Column[],
): Column | undefined {
  const loose = simplified(name);
  return (
    known.find(({ header }) => header === name) ??
    known.find((column) => isRepeatable(column) && patternOf(column).test(loose)) ??
    known.find(({ header }) => simplified(header) === loose) ??
    known.find(({ member }) => simplified(member) === loose)
  );
}

const simplified = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

const patternOf = (column: { readonly header: string }): RegExp => {
  const [before = '', after = ''] = column.header.split('#').map((part) => simplified(part));
  return new RegExp(`^${before}\\d{1,3}${after}$`);
};

function refuseLong(headers: readonly string[]): void {
  const index = headers.findIndex((header) => [...header].length > MAX_HEADER);
  if (index >= 0) throw new FileUnreadable('header_too_long', `The name of column ${index + 1} has more than ${MAX_HEADER} characters.`);
}

function refuseRepeated(headers: readonly string[]): void {
  const seen = new Set<string>();
  for (const header of headers) {
    if (header !== '' && seen.has(header)) throw new FileUnreadable('duplicate_header', `The file has more than one column ${header}.`);
    seen.add(header);
  }
}

function refuseAmbiguous<Draft extends object>(columns: readonly MatchedColumn<Draft>[]): void {
  const taken = new Map<string, string>();
  for (const { column, header } of columns) {
    const key = isRepeatable(column) ? simplified(header) : column.member;
    const other = taken.get(key);
    if (other !== undefined)
      throw new FileUnreadable('duplicate_header', `The columns ${other} and ${header} of the file are one and the same to this import.`);
    taken.set(key, header);
  }
}

function warningOf(header: string, index: number): ImportWarning {
  if (header === '') return { column: '', code: 'imports.column_without_name', detail: `Column ${index + 1} has no name and is left out.` };
  return { column: header, code: 'imports.unknown_column', detail: `The column ${header} is not known and is left out.` };
}
