import { cell, CellRefused } from '../cell-values.js';
import { matchHeader, type Mapping } from './header.js';
import type { ImportColumn } from './import-column.js';
import { RepeatedKeys } from './repeated-keys.js';

interface Draft {
  id: number;
  firstName: string;
  roles: string[];
}

const columns: ImportColumn<Draft>[] = [
  { header: 'ID', member: 'id', read: cell.id(), example: '' },
  { header: 'First Name', member: 'firstName', read: cell.line(10), example: '' },
  { header: 'Roles # Role', member: 'roles', read: cell.line(10), example: '' },
];

const matched = (cells: string[], mapping?: Mapping) =>
  matchHeader(cells, columns, mapping).columns.map(({ column, index }) => `${index} ${column.member}`);

describe('A header', () => {
  it.each([
    [
      ['ID', 'First Name', 'Roles 1 Role', 'Roles 2 Role'],
      ['0 id', '1 firstName', '2 roles', '3 roles'],
    ],
    [
      [' id ', 'first_name', 'ROLES 12 ROLE'],
      ['0 id', '1 firstName', '2 roles'],
    ],
    [
      ['Other', 'firstName', 'roles'],
      ['1 firstName', '2 roles'],
    ],
    [['', '', 'Errors', 'ID'], ['3 id']],
  ])('%j is understood', (cells, expected) => {
    expect(matched(cells)).toEqual(expected);
  });

  it('is understood by a mapping to headers or members', () => {
    expect(matched(['Vorname', 'Nr'], { Vorname: 'firstName', Nr: 'ID' })).toEqual(['0 firstName', '1 id']);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('warns of a column %s, which every object has', (name) => {
    expect(matchHeader(['ID', name], columns).warnings).toMatchObject([{ column: name, code: 'imports.unknown_column' }]);
  });

  it('warns of what it leaves out', () => {
    const { warnings } = matchHeader(['ID', 'Shoe size', '', 'Errors'], columns, { Gone: 'ID' });

    expect(warnings).toEqual([
      { column: 'Shoe size', code: 'imports.unknown_column', detail: 'The column Shoe size is not known and is left out.' },
      { column: '', code: 'imports.column_without_name', detail: 'Column 3 has no name and is left out.' },
      { column: 'Gone', code: 'imports.mapped_column_missing', detail: 'The mapping names Gone, the file does not.' },
    ]);
  });

  it.each([
    [['ID', 'ID'], 'imports.duplicate_header'],
    [['Other', 'Other', 'ID'], 'imports.duplicate_header'],
    [['ID', 'x'.repeat(256)], 'imports.header_too_long'],
    [['ID', 'id'], 'imports.duplicate_header'],
    [['Roles 1 Role', 'roles 1 role'], 'imports.duplicate_header'],
    [['Other'], 'imports.no_known_column'],
    [Array.from({ length: 501 }, (_, i) => `Roles ${i} Role`), 'imports.too_many_columns'],
  ])('is refused: %j', (cells, code) => {
    expect(() => matched(cells)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('A cell', () => {
  it.each([
    ['1', true],
    ['YES', true],
    ['true', true],
    ['0', false],
    ['no', false],
    ['False', false],
  ])('of a flag reads %s as %s', (text, flag) => {
    expect(cell.flag()(text)).toBe(flag);
  });

  it.each([
    ['3/9/1985', '1985-03-09'],
    ['03/09/1985', '1985-03-09'],
    ['1985-3-9', '1985-03-09'],
    ['2/29/2024', '2024-02-29'],
  ])('of a date reads %s as %s', (text, date) => {
    expect(cell.date()(text)).toBe(date);
  });

  it.each(['29/02/2023', '2/29/2023', '13/1/2000', '2000-13-01', '01.02.2000', 'soon', '0/0/0000', '0000-01-01'])(
    'of a date is not %s',
    (text) => {
      expect(() => cell.date()(text)).toThrow(CellRefused);
    },
  );

  it.each(['0', '-1', '1.5', '1e3', '99999999999999999', '0x1', 'a'])('of an id is not %s', (text) => {
    expect(() => cell.id()(text)).toThrow(CellRefused);
  });

  it('of a line counts characters and takes one line', () => {
    expect(cell.line(2)('😀😀')).toBe('😀😀');
    for (const text of ['😀😀😀', 'a\nb', 'a\u2028', '\ud800']) expect(() => cell.line(2)(text)).toThrow(CellRefused);
  });
});

describe('Repeated keys', () => {
  it('are those that come more than once in any case, among any number', () => {
    const keys = new RepeatedKeys();
    for (let i = 0; i < 50_000; i++) keys.note(`person${i}@example.com`);
    keys.note('PERSON17@example.com');

    expect(keys.has('Person17@example.com')).toBe(true);
    expect(Array.from({ length: 50_000 }, (_, i) => `person${i}@example.com`).filter((key) => keys.has(key))).toEqual([
      'person17@example.com',
    ]);
  });
});
