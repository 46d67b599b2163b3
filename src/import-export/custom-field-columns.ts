import { type FieldSet, type FieldType, type FieldValue, type FieldValues, readValue } from '../custom-fields/index.js';
import { cell, type CellReader, CellRefused } from './cell-values.js';
import type { ExportColumn } from './exports/export-profile.js';
import { columnFor, ERRORS_HEADER } from './imports/header.js';
import type { ImportColumn } from './imports/import-column.js';

/** A custom field in the draft of a row. */
export type FieldMember = `customFields.${string}`;

export type WithFields = { [member: FieldMember]: FieldValue };

type Definition = FieldSet['definitions'][number];

const memberOf = (name: string): FieldMember => `customFields.${name}`;

/** How the text of a cell becomes what a field of the type is sent as. */
const READERS: Readonly<Partial<Record<FieldType, CellReader>>> = {
  boolean: cell.flag(),
  date: cell.date(),
  integer: (text) => (/^[+-]?\d{1,16}$/.test(text) ? Number(text) : text),
  decimal: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text),
};

const EXAMPLES: Readonly<Record<FieldType, string>> = {
  string: 'A line',
  text: 'A text',
  integer: '42',
  decimal: '1.5',
  boolean: '1',
  date: '2026-01-31',
  select: '',
};

/** What files have besides custom fields. */
type Others = readonly { readonly header: string; readonly member: string }[];

/** A custom field's name; in full where a file would take it for another column, or for the one with its errors. */
const headerOf = (name: string, others: Others): string => (name === ERRORS_HEADER || columnFor(name, others) ? memberOf(name) : name);

/** A column for each custom field, by its name. */
export function fieldColumns({ definitions }: FieldSet, others: Others): (ImportColumn<WithFields> & { member: FieldMember })[] {
  return definitions.map((field) => ({
    header: headerOf(field.name, others),
    member: memberOf(field.name),
    read: readerOf(field),
    keepsBlanks: field.type === 'text',
    example: field.options?.[0] ?? EXAMPLES[field.type],
  }));
}

/** The same for exports, where they are asked for. */
export function exportedFieldColumns<Row>(
  { definitions }: FieldSet,
  others: Others,
  valuesOf: (row: Row) => FieldValues,
): ExportColumn<Row>[] {
  return definitions.map(({ name }) => ({
    header: headerOf(name, others),
    member: memberOf(name),
    value: (row) => valuesOf(row)[name] ?? null,
    onRequest: true,
  }));
}

/** Whether any of these members is a custom field. */
export const anyField = (members: Iterable<string>): boolean => [...members].some((member) => member.startsWith(memberOf('')));

/** What {@link anyField custom fields} of a record are made of. */
const OF_FIELDS: readonly string[] = ['organizationId', 'customFields'];

/** Of the members that files can be made of: its id, and those that one with the columns `asked` is made of. */
export function membersFor<M extends string>(members: readonly M[], asked: ReadonlySet<string>): readonly M[] {
  const fields = anyField(asked) ? OF_FIELDS : [];
  return members.filter((member) => member === 'id' || asked.has(member) || fields.includes(member));
}

/** What a row gives of its custom fields, by name. */
export function givenFields({ definitions }: FieldSet, draft: Partial<WithFields>): Record<string, FieldValue> {
  const given = definitions.flatMap(({ name }) => {
    const value = draft[memberOf(name)];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/** The member of a draft that a fault of {@link FieldSet.write} is about, and what is wrong with it. */
export function fieldFault({ pointer, detail }: { pointer: string; detail: string }): { member: FieldMember; detail: string } {
  const name = pointer.replace('/customFields/', '').replaceAll('~1', '/').replaceAll('~0', '~');
  return { member: memberOf(name), detail: detail.slice(name.length).trim().replace(/\.$/, '') };
}

function readerOf(field: Definition): CellReader {
  return (text) => {
    const typed = (READERS[field.type] ?? String)(text);
    const reading = readValue(field, typed);
    if ('code' in reading) throw new CellRefused(reading.code, reading.detail);
    return reading.value;
  };
}
