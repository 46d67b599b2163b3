import { InvalidInput } from '../../platform/errors/index.js';
import { cellOf, csvLine } from '../csv/index.js';
import type { ExportColumn, ExportedValue } from './export-profile.js';
import { headerOf, isRepeatable } from '../imports/import-column.js';

/** More values in a row than the header has columns for: somebody added one since they were counted. */
export class ColumnsOutgrown extends Error {}

/** The chosen columns, in their order; without a choice those that are not on request. Throws `InvalidInput`. */
export function chooseColumns<Row>(known: readonly ExportColumn<Row>[], chosen: readonly string[] | null): readonly ExportColumn<Row>[] {
  if (chosen === null) return known.filter(({ onRequest }) => onRequest !== true);
  const found = chosen.map((name) => known.find(({ header, member }) => header === name || member === name));
  const faults = chosen.flatMap((name, i) => {
    const pointer = `/columns/${i}`;
    const column = found[i];
    if (!column) return [{ pointer, code: 'exports.unknown_column', detail: `There is no column ${name.slice(0, 100)}.` }];
    if (found.indexOf(column) < i) return [{ pointer, code: 'repeated', detail: `The column ${column.header} is there already.` }];
    return [];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return found.filter((column) => column !== undefined);
}

/** Writes rows in one format; `widths` says how many columns each repeated one has. */
export interface RowWriter<Row> {
  readonly header: string;
  line(row: Row): string;
}

export function csvWriter<Row>(columns: readonly ExportColumn<Row>[], widths: Readonly<Record<string, number>>): RowWriter<Row> {
  const places = columns.map((column) => ({
    column,
    repeated: isRepeatable(column),
    width: isRepeatable(column) ? Math.max(1, widths[column.member] ?? 1) : 1,
  }));
  return {
    header: csvLine(places.flatMap(({ column, width }) => Array.from({ length: width }, (_, i) => headerOf(column, i + 1)))),
    line: (row) => {
      // Joined: a text that grows cell by cell leaves as much behind as the row itself.
      const cells = places.map(({ column, repeated, width }) =>
        repeated ? cellsOf(column.value(row), width, column) : textOf(column.value(row)),
      );
      return `${cells.join(',')}\r\n`;
    },
  };
}

function cellsOf<Row>(value: ExportedValue, width: number, { header }: ExportColumn<Row>): string {
  const values = Array.isArray(value) ? (value as readonly string[]) : [value as string];
  if (values.length > width) throw new ColumnsOutgrown(`A row has ${values.length} values for ${width} columns ${header}.`);
  return values.map(textOf).join(',') + ','.repeat(width - Math.max(1, values.length));
}

export function jsonLinesWriter<Row>(columns: readonly ExportColumn<Row>[]): RowWriter<Row> {
  return {
    header: '',
    line: (row) => `${JSON.stringify(Object.fromEntries(columns.map(({ member, value }) => [member, value(row)])))}\n`,
  };
}

function textOf(value: ExportedValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' && value >= 0) return String(value);
  return cellOf(String(value));
}
