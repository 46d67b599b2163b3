import { setImmediate } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { csvLine, detectDialect, detectEncoding, FileUnreadable, harmless, original, readRecords, toUtf8 } from './index.js';

const inChunks = (bytes: Buffer, size = 7): Readable =>
  Readable.from(Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)));

async function decoded(bytes: Buffer, size?: number): Promise<{ name: string; text: string }> {
  const encoding = await detectEncoding(inChunks(bytes, size));
  const parts: Buffer[] = [];
  for await (const part of toUtf8(inChunks(bytes, size), encoding)) parts.push(part);
  return { name: encoding.name, text: Buffer.concat(parts).toString() };
}

const comma = { delimiter: ',', looseQuotes: false };

async function records(text: string | Buffer, dialect = comma, size = 5, width?: number) {
  const found = [];
  for await (const record of readRecords(inChunks(Buffer.from(text), size), dialect, { byte: 0, row: 0, width })) found.push(record);
  return found;
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof FileUnreadable ? error.code : String(error)),
  );

describe('The encoding of a file', () => {
  const text = 'Name,Ort\r\nZoë Müller,"Köln – Süd"\r\n😀,x\r\n'.repeat(3);
  const swapped = Buffer.from(text, 'utf16le').swap16();

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with a mark', 'utf-8', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 with a mark', 'utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['big-endian UTF-16 with a mark', 'utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])],
    ['UTF-16 without a mark', 'utf-16le', Buffer.from(text, 'utf16le')],
    ['big-endian UTF-16 without a mark', 'utf-16be', swapped],
    ['ASCII', 'utf-8', Buffer.from('a,b\n')],
  ])('is told and read: %s', async (_name, name, bytes) => {
    const expected = bytes.length < 10 ? 'a,b\n' : text;
    expect(await decoded(bytes, 1)).toEqual({ name, text: expected });
    expect(await decoded(bytes, 100_000)).toEqual({ name, text: expected });
  });

  it('is Latin-1 when it is not UTF-8', async () => {
    const bytes = Buffer.from('Name\nZoë Müller\nFrançois\n', 'latin1');

    expect(await decoded(bytes)).toEqual({ name: 'windows-1252', text: 'Name\nZoë Müller\nFrançois\n' });
  });

  it('is Latin-1 as well where a capital letter before a quotation mark looks like UTF-8', async () => {
    const bytes = Buffer.from(`${'Zoë\n'.repeat(200)}CAFÉ\x92S\nGRUß\x96\n`, 'latin1');

    expect((await decoded(bytes)).text).toMatch(/CAFÉ’S\nGRUß–\n$/);
  });

  it.each([
    ['one wrong byte, late in a large file', ['Zoë\n'.repeat(100_000), '\xff\n'], 100_001],
    ['more wrong bytes behind one good character', [`Zoë\n${'a\n'.repeat(100_000)}`, '\xff\xfe\xe9\n'.repeat(9)], 100_002],
    ['a file of UTF-8 behind one of Latin-1', ['', '\xeb\n'.repeat(40), 'Zoë\n'], 1],
    ['a character that the end cuts off', ['a\nZoë', '\xf0\x9f\x98'], 2],
  ])('is none of a mixture, whose line is told: %s', async (_name, [before = '', wrong = '', behind = ''], line) => {
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from(wrong, 'latin1'), Buffer.from(behind)]);
    const error = await decoded(bytes, 65_536).catch((refusal: unknown) => refusal);

    expect(error).toMatchObject({ code: 'imports.encoding', message: expect.stringContaining(`in line ${line} `) as string });
  });

  it.each([
    ['empty', Buffer.alloc(0), 'imports.file_empty'],
    ['a mark and nothing else', Buffer.from([0xef, 0xbb, 0xbf]), 'imports.file_empty'],
    ['text with a NUL', Buffer.from('a,b\nc\0,d\n'), 'imports.not_text'],
    ['a zip', Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0'), randomBytes(2_000)]), 'imports.not_text'],
    ['UTF-8 with a damaged character', Buffer.concat([Buffer.from('Zoë Müller'), Buffer.from([0xc3, 0x0a])]), 'imports.encoding'],
    ['marked as UTF-8 and none', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9, 0x62]), 'imports.encoding'],
    ['UTF-16 with half a character', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8, 0x41, 0x00]), 'imports.encoding'],
  ])('is none: %s', async (_name, bytes, code) => {
    expect(await codeOf(decoded(bytes))).toBe(code);
  });
});

describe('The delimiter', () => {
  it.each([
    ['ID,First Name\n1,a;b;c;d\n', ','],
    ['ID;First Name\n1,2,3\n', ';'],
    ['ID\tName, first\tEmail\n', '\t'],
    ['ID|Name\n', '|'],
    ['"a;b;c;d";x,y,z\n', ','],
    ['Email\na@b.c\n', ','],
    ['sep=;\r\na,b,c\n', ';'],
    ['SEP=\t\na,b,c\n', '\t'],
    ['sep=x,y\na;b\n', ','],
  ])('of %j is %j', (text, delimiter) => {
    expect(detectDialect(text).delimiter).toBe(delimiter);
  });
});

describe('Records', () => {
  const text = 'a,b\r\n1,"x\r\ny"\n\n"say ""hi""",é\r3,\r\n\r\n"4","5"';
  const cells = [
    ['a', 'b'],
    ['1', 'x\r\ny'],
    ['say "hi"', 'é'],
    ['3', ''],
    ['4', '5'],
  ];

  it.each([1, 2, 3, 1_000])('are read with any line ends, in chunks of %d bytes', async (size) => {
    const found = await records(text, comma, size);

    expect(found.map((record) => record.cells)).toEqual(cells);
    expect(found.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4]);
  });

  it('can be read on from where any of them ends', async () => {
    const bytes = Buffer.from(text);
    const all = await records(bytes);

    for (const { end, row } of all) {
      const rest = [];
      const from = { byte: end, row: row + 1 };
      for await (const record of readRecords(inChunks(bytes.subarray(end), 3), comma, from)) rest.push(record);
      expect(rest).toEqual(all.slice(row + 1));
    }
  });

  it.each([
    ['plain', 'a,b\n1,2\n,\n \t, \n3,4\n,,\n', false],
    ['quoted', '"a",b\n1,2\n"",""\n" ",\n3,"4"\n,,\n', false],
    ['loose', 'a,b\n1,2\n"",""\n,\n3,4\n,,\n', true],
  ])('are not lines of blank cells alone, as many as there should be, and no number is theirs: %s', async (_name, lines, looseQuotes) => {
    const found = await records(lines, { ...comma, looseQuotes }, 1_000, 2);

    expect(found.map(({ row, cells: [first], end }) => [row, first, lines.slice(end, end + 1)])).toEqual([
      [0, 'a', '1'],
      [1, '1', lines.includes('1,2\n"') ? '"' : ','],
      [2, '3', ','],
      [3, '', ''],
    ]);
  });

  it.each([
    ['a,b\n1,"2"\n,\n"",""\n"3"x,4\n', false, /row 2 goes on/],
    ['a,b\n1,"2"\n,\n"",""\n"3,4\n', false, /row 2 opens/],
    ['a,b\n1,"2"\n,\n"",""\n"3,4\n', true, /row 2 opens/],
  ])('of %j that cannot be read are told by the number that they would have', async (lines, looseQuotes, detail) => {
    await expect(records(lines, { ...comma, looseQuotes }, 1_000, 2)).rejects.toThrow(detail);
  });

  it.each([1_000_000, 64])('with loose quotes are told by their number, however far ahead they are read: in pieces of %i', async (size) => {
    const lines = `a,b\n${'1,"x"y\n'.repeat(90)}${',\n'.repeat(10)}3,"4\n`;
    const slowly = async () => {
      const from = { byte: 0, row: 0, width: 2 };
      for await (const _ of readRecords(inChunks(Buffer.from(lines), size), { ...comma, looseQuotes: true }, from)) await setImmediate();
    };

    await expect(slowly()).rejects.toThrow(/row 91 opens/);
  });

  it('are those that csv-parse reads, whatever the text and its pieces', async () => {
    let seed = 7;
    const any = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pieces = ['a', 'é', ',', ',', '\n', '\r\n', '\r', '"x"', '"a ""b"" ,\n"', ' '];
    for (let i = 0; i < 300; i++) {
      const made = Array.from({ length: any(20) }, () => pieces[any(pieces.length)] ?? '').join('');
      const library = await codeOf(records(made, { ...comma, looseQuotes: true }));
      const strict = await codeOf(records(made, comma, 1 + any(9)));
      if (strict !== 'no error') continue;
      const read = await records(made, comma, 1 + any(9));
      expect({ made, library, cells: read.map(({ cells: found }) => found) }).toEqual({
        ...{ made, library: 'no error' },
        cells: (await records(made, { ...comma, looseQuotes: true })).map(({ cells: found }) => found),
      });
    }
  });

  it('of one cell may be of any length up to a mebibyte', async () => {
    expect((await records(`a\n${'x'.repeat(900_000)}\n`, comma, 65_536))[1]?.cells[0]).toHaveLength(900_000);
    expect(await codeOf(records('x'.repeat(3_000_000), comma, 65_536))).toBe('imports.record_too_long');
    expect(await codeOf(records('x,'.repeat(1_500_000), comma, 65_536))).toBe('imports.record_too_long');
  });

  it('of nothing but quotes are looked through once, in however many chunks they come', async () => {
    const looks = jest.spyOn(Buffer.prototype, 'indexOf');

    await records('"'.repeat(50_000), comma, 500);

    expect(looks.mock.calls.length).toBeLessThan(100_000);
    looks.mockRestore();
  });

  it('that are too long are told by their row, and that a quote may be open', async () => {
    const tooLong = async (text: string) => String(await records(text, comma, 65_536).catch((refusal: unknown) => refusal));

    expect(await tooLong(','.repeat(9_000_000))).toMatch(/the header has more than 1048576 characters\.$/);
    expect(await tooLong(`a\n"${'x\n'.repeat(700_000)}`)).toMatch(/row 1 has more than 1048576 characters\. Perhaps a quote/);
  });

  it('may have quotes inside cells when the file is said to be loose', async () => {
    const loose = 'a,b\njust"not"right@example.com,"x"\n';

    expect(await codeOf(records(loose))).toBe('imports.quotes');
    expect((await records(loose, { ...comma, looseQuotes: true }))[1]?.cells).toEqual(['just"not"right@example.com', 'x']);
  });

  it.each([
    ['a,b\n1,2\n3,"4\n5,6\n', 'imports.quote_not_closed', /row 2 opens a quote/],
    ['a,b\n1,2\n"3"x,4\n', 'imports.quotes', /row 2 goes on behind a closing quote/],
    ['"a', 'imports.quote_not_closed', /the header opens a quote/],
  ])('of %j cannot be read', async (broken, code, detail) => {
    const error = await records(broken).catch((refusal: unknown) => refusal);

    expect(error).toBeInstanceOf(FileUnreadable);
    expect(error).toMatchObject({ code, message: expect.stringMatching(detail) as string });
  });
});

describe('Cells', () => {
  const hostile = [
    '=1+1',
    '+31 20',
    '-5',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n=1',
    '＝1+1',
    '＠SUM(A1)',
    "'s-Hertogenbosch",
    "'=1",
    "''",
    '',
    'plain',
    'a"b',
    'x,y',
    'l1\nl2',
    ' x ',
  ];

  it('come back as they were, and none begins as a formula', async () => {
    const [record] = await records(csvLine(hostile));

    expect(record?.cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
    expect(record?.cells.map(original)).toEqual(hostile);
  });

  it('of files from elsewhere keep an apostrophe that hides nothing', () => {
    expect(original("'s-Hertogenbosch")).toBe("'s-Hertogenbosch");
    expect(harmless('plain')).toBe('plain');
  });
});
