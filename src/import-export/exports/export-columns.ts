import { InvalidInput } from '../../platform/errors/index.js';
import { cellOf, csvLine } from '../csv/index.js';
import type { ExportColumn, ExportedValue } from './export-profile.js';
import { columnFor } from '../imports/header.js';
import { headerOf, isRepeatable } from '../imports/import-column.js';
import type { Utf8Text } from './utf8-text.js';

/** More values in a row than the header has columns for: somebody added one since they were counted. */
export class ColumnsOutgrown extends Error {}

/** The chosen columns, in their order; without a choice those that are not on request. Throws `InvalidInput`. */
export function chooseColumns<Row>(known: readonly ExportColumn<Row>[], chosen: readonly string[] | null): readonly ExportColumn<Row>[] {
  if (chosen === null) return known.filter(({ onRequest }) => onRequest !== true);
  const found = chosen.map((name) => known.find(({ member }) => member === name) ?? columnFor(name, known));
  const faults = chosen.flatMap((name, i) => {
    const pointer = `/columns/${i}`;
    const column = found[i];
    if (!column) {
      const detail = `There is no column ${name.slice(0, 100)}; there are ${known.map(({ header }) => header).join(', ')}.`;
      return [{ pointer, code: 'exports.unknown_column', detail }];
    }
    // Of one that stands for several, whoever copies a header names each.
    if (found.indexOf(column) < i && (!isRepeatable(column) || chosen.indexOf(name) < i))
      return [{ pointer, code: 'repeated', detail: `The column ${column.header} is there already.` }];
    return [];
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return [...new Set(found.filter((column) => column !== undefined))];
}

/** Writes rows in one format; `widths` says how many columns each repeated one has. */
export interface RowWriter<Row> {
  readonly header: string;
  write(row: Row, to: Utf8Text): void;
}

export function csvWriter<Row>(columns: readonly ExportColumn<Row>[], widths: Readonly<Record<string, number>>): RowWriter<Row> {
  const places = columns.map((column) => ({
    column,
    repeated: isRepeatable(column),
    width: isRepeatable(column) ? Math.max(1, widths[column.member] ?? 1) : 1,
  }));
  return {
    header: csvLine(places.flatMap(({ column, width }) => Array.from({ length: width }, (_, i) => headerOf(column, i + 1)))),
    write: (row, to) => {
      let between = '';
      for (const { column, repeated, width } of places) {
        to.add(between);
        const value = column.value(row);
        if (repeated) addCells(value, width, column, to);
        else to.add(textOf(value));
        between = ',';
      }
      to.add('\r\n');
    },
  };
}

function addCells<Row>(value: ExportedValue, width: number, { header }: ExportColumn<Row>, to: Utf8Text): void {
  const values = Array.isArray(value) ? (value as readonly string[]) : [value as string];
  if (values.length > width) throw new ColumnsOutgrown(`A row has ${values.length} values for ${width} columns ${header}.`);
  for (let i = 0; i < width; i++) {
    if (i > 0) to.add(',');
    to.add(textOf(values[i] ?? null));
  }
}

export function jsonLinesWriter<Row>(columns: readonly ExportColumn<Row>[]): RowWriter<Row> {
  return {
    header: '',
    write: (row, to) => to.add(`${JSON.stringify(Object.fromEntries(columns.map(({ member, value }) => [member, value(row)])))}\n`),
  };
}

function textOf(value: ExportedValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' && value >= 0) return String(value);
  return cellOf(String(value));
}
