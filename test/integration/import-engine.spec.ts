import { settings } from '../../src/organizations/index.js';
import { setSetting } from '../factories/settings.js';
import { gadgetFile } from '../support/imports/gadgets.js';
import { FileStore } from '../../src/platform/files/index.js';
import { GadgetsApp, type ImportAnswer } from '../support/imports/gadgets-app.js';
import { multipart } from '../support/imports/multipart.js';

describe('Imports', () => {
  let app: GadgetsApp;

  beforeEach(async () => {
    app = await GadgetsApp.start();
  });

  afterEach(() => app.close());

  it('take the good rows and tell what is wrong with the others', async () => {
    const file =
      'Code,Full Name,Active,Tags 1 Tag,Tags 2 Tag,Colour\nA-1,One,1,x,y,red\nbad!,,maybe,,unknown,\nA-2,Two,No,,z,\n,No code,,,,\n';

    const ended = await app.imported(file);

    expect(ended).toMatchObject({
      entity: 'gadgets',
      mode: 'import',
      strategy: 'add-or-replace',
      status: 'completed-with-errors',
      fileName: 'gadgets.csv',
      sizeBytes: Buffer.byteLength(file),
      counts: { read: 4, added: 2, replaced: 0, unchanged: 0, deleted: 0, failed: 2 },
      progress: 1,
      error: null,
      warnings: [{ column: 'Colour', code: 'imports.unknown_column' }],
      createdBy: { id: app.principal.id, fullName: 'Ryan Admin' },
    });
    expect((await app.gadgets()).map(({ code, name, active, tags }) => [code, name, active, tags])).toEqual([
      ['A-1', 'One', true, ['x', 'y']],
      ['A-2', 'Two', false, ['z']],
    ]);
    expect(await app.errors(ended.id)).toEqual([
      { row: 2, column: 'Code', code: 'malformed', detail: 'row 2, Code: not a code', value: 'bad!' },
      {
        row: 2,
        column: 'Active',
        code: 'not_a_boolean',
        detail: 'row 2, Active: must be 1 or 0, Yes or No, true or false',
        value: 'maybe',
      },
      { row: 2, column: 'Tags 2 Tag', code: 'tag_unknown', detail: 'row 2, Tags 2 Tag: there is no such tag', value: 'unknown' },
      { row: 2, column: 'Full Name', code: 'required', detail: 'row 2, Full Name: is required', value: '' },
      { row: 4, column: 'Code', code: 'required', detail: 'row 4, Code: is required', value: '' },
    ]);
    expect(await app.errors(ended.id, '&filter[code]=required&filter[column]=Code')).toMatchObject([{ row: 4 }]);
    expect(app.heard).toEqual([
      expect.objectContaining({
        importId: ended.id,
        userId: app.principal.id,
        label: 'gadgets',
        status: 'completed-with-errors',
        counts: ended.counts,
        reason: null,
      }),
    ]);
  });

  it('give the failed rows back as a file that can be mended and imported', async () => {
    const first = await app.imported('Code;Full Name;Note\nA-1;One;n\nbad!;=Two;n\n;Three;"a;b"\n');

    const { status, text, headers } = await app.call('GET', `/imports/${first.id}/error-file`);

    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="gadgets-errors.csv"',
    });
    expect(text).toBe('Code,Full Name,Note,Errors\r\nbad!,\'=Two,n,Code: not a code\r\n,Three,"a;b",Code: is required\r\n');
    const mended = await app.imported(text.replace('bad!', 'A-2').replace('\r\n,Three', '\r\nA-3,Three'));
    expect(mended).toMatchObject({ status: 'completed', counts: { added: 2 } });
    expect(mended.warnings.map(({ column }) => column)).toEqual(['Note']);
    expect((await app.gadgets()).map(({ name }) => name)).toEqual(['One', '=Two', 'Three']);
  });

  it('understand headers by case, space, member and mapping', async () => {
    await app.imported('CODE,fullname,active,tags 1 tag\nA-1,One,0,x\n');
    await app.imported('code,name\nA-1,Uno\n');
    const ended = await app.imported('Bezeichnung,code,Gone\nEins,A-1,\n', {
      mapping: JSON.stringify({ Bezeichnung: 'Full Name', Elsewhere: 'Active' }),
    });

    expect(await app.gadgets()).toMatchObject([{ code: 'A-1', name: 'Eins', active: false, tags: ['x'] }]);
    expect(ended.warnings.map(({ column, code }) => [column, code])).toEqual([
      ['Gone', 'imports.unknown_column'],
      ['Elsewhere', 'imports.mapped_column_missing'],
    ]);
  });

  it.each([
    ['with a row of too few columns', 'Code,Full Name\nA-1,One\nA-2\n', 'imports.ragged_row', /Row 2 has 1 columns, the header has 2/],
    ['with a row of too many columns', 'Code,Full Name\nA-1,One,x\n', 'imports.ragged_row', /Row 1/],
    ['with a long name of a column', `Full${' '.repeat(300)}Name\nOne\n`, 'imports.header_too_long', /column 1 has more than 255/],
    ['with a header twice', 'Code,Full Name,Code\nA-1,One,x\n', 'imports.duplicate_header', /more than one column Code/],
    ['with one column under two names', 'Code,Full Name,name\nA-1,One,x\n', 'imports.duplicate_header', /Full Name and name/],
    ['with an open quote', 'Code,Full Name\nA-1,One\nA-2,"Two\n', 'imports.quote_not_closed', /row 2/],
    ['with NULs', 'Code,Full Name\nA-1,O\0ne\n', 'imports.not_text', /NUL/],
    ['without a known column', 'Foo,Bar\n1,2\n', 'imports.no_known_column', /Code/],
    ['with a million columns', 'x,'.repeat(700_000), 'imports.too_many_columns', /700001 columns/],
    ['with a huge cell', `Code,Full Name\nA-1,${'x'.repeat(40_000)}\n`, 'imports.cell_too_long', /Row 1, Full Name/],
    ['that is empty', '', 'imports.file_empty', /empty/],
  ])('fail as a whole for a file %s', async (_name, file, code, detail) => {
    const ended = await app.imported(file);

    expect(ended).toMatchObject({ status: 'failed', error: { code, detail: expect.stringMatching(detail) as string } });
    expect(ended.counts).toEqual({ read: 0, added: 0, replaced: 0, unchanged: 0, deleted: 0, failed: 0 });
    expect(await app.gadgets()).toEqual([]);
    expect(app.heard).toMatchObject([{ status: 'failed', reason: ended.error?.detail }]);
  });

  it('fail as a whole for a file with too many rows', async () => {
    await setSetting(app, settings.importRows, 2);

    expect(await app.imported('Code,Full Name\nA-1,One\nA-2,Two\n')).toMatchObject({ status: 'completed' });
    const { status, error } = await app.imported('Code,Full Name\nA-1,One\nA-2,Two\nA-3,Three\n');

    expect([status, error]).toEqual(['failed', { code: 'imports.too_many_rows', detail: 'The file has more than 2 rows.' }]);
  });

  it('take quotes inside cells that are not quoted', async () => {
    await app.imported('Code,Full Name\nA-1,The "One"\n');

    expect(await app.gadgets()).toMatchObject([{ name: 'The "One"' }]);
  });

  it('of a header alone are completed', async () => {
    expect(await app.imported('Code,Full Name\n')).toMatchObject({ status: 'completed', counts: { read: 0 }, progress: 1 });
  });

  it.each(['utf16le', 'latin1'] as const)('read %s', async (encoding) => {
    const text = `${encoding === 'latin1' ? '' : '\ufeff'}Code,Full Name\n${Array.from({ length: 700 }, (_, i) => `A-${i},Zoë Müller`).join('\n')}\n`;

    expect(await app.imported(Buffer.from(text, encoding))).toMatchObject({ status: 'completed', counts: { added: 700 } });
    expect(new Set((await app.gadgets()).map(({ name }) => name))).toEqual(new Set(['Zoë Müller']));
  });

  it('take the delimiter that a first line of Excel names, which is no header', async () => {
    expect(await app.imported('\ufeffsep=;\r\nCode;Full Name\r\nA-1;a, b, c\r\n')).toMatchObject({ counts: { read: 1, added: 1 } });
    expect(await app.gadgets()).toMatchObject([{ name: 'a, b, c' }]);
  });

  it('go through the rows in their order, across batches', async () => {
    const file = gadgetFile(1_200, (i) => `A-${i % 700},Name ${i},1,`);

    expect((await app.imported(file, { mode: 'validate' })).counts).toMatchObject({ read: 1_200, added: 700, replaced: 500 });
    expect(await app.gadgets()).toEqual([]);
    expect((await app.imported(file)).counts).toMatchObject({ read: 1_200, added: 700, replaced: 500 });
    expect((await app.gadgets()).find(({ code }) => code === 'A-10')?.name).toBe('Name 710');
    expect((await app.imported(gadgetFile(700, (i) => `A-${i},,,`))).counts).toMatchObject({ unchanged: 699, failed: 1 });
  });

  it('follow their strategy', async () => {
    await app.imported('Code,Full Name\nA-1,One\n');

    const ended = await app.imported('Code,Full Name\nA-1,Uno\nA-2,Two\n', { strategy: 'add' });

    expect(ended.counts).toMatchObject({ added: 1, failed: 1 });
    expect((await app.gadgets())[0]?.name).toBe('One');
  });

  it('go on at the last committed batch after errors, with no row twice', async () => {
    const file = gadgetFile(6_800, (i) => (i % 200 === 0 ? `bad!,,,` : `A-${i},Näme ${i},1,`));
    const seen: number[] = [];
    app.mishaps.inBatch = (row) => {
      seen.push(row);
      if (row % 4_000 !== 1 && seen.filter((earlier) => earlier === row).length === 1) throw new Error('A mishap of the test.');
    };

    const ended = await app.imported(file);

    expect(seen).toEqual([1, 2_001, 2_001, 4_001, 6_001, 6_001]);
    expect(ended).toMatchObject({ status: 'completed-with-errors', counts: { read: 6_800, added: 6_766, failed: 34 } });
    expect(await app.errors(ended.id)).toHaveLength(68);
    expect(await app.gadgets()).toHaveLength(6_766);
    expect(app.heard).toHaveLength(1);
  }, 60_000);

  it('go on without looking through the file again, and still know which keys it has more than once', async () => {
    const store = app.http.get(FileStore, { strict: false });
    const read = store.read.bind(store);
    const places: number[] = [];
    app.mishaps.inBatch = (row) => {
      if (row !== 2_001 || places.length > 0) return;
      store.read = (key, options) => {
        places.push(options?.start ?? 0);
        return read(key, options);
      };
      throw new Error('A mishap of the test.');
    };

    const ended = await app.imported(gadgetFile(5_000, (i) => `A-${i % 3_000},Name ${i},1,`));

    // The repeated keys, and the file from the first row that is not committed.
    expect(places).toEqual([0, expect.any(Number)]);
    expect(places[1]).toBeGreaterThan(30_000);
    expect(ended).toMatchObject({ status: 'completed', counts: { read: 5_000, added: 3_000, replaced: 2_000 } });
    store.read = read;
  });

  it('that break again and again are given up, and keep what was committed', async () => {
    app.mishaps.inBatch = (row) => {
      if (row > 2_000) throw new Error('A mishap of the test.');
    };

    const ended = await app.imported(gadgetFile(2_100, (i) => `A-${i},Name,1,`));

    expect(ended).toMatchObject({ status: 'failed', error: { code: 'runs.broken' }, counts: { read: 2_000, added: 2_000 } });
    expect(await app.gadgets()).toHaveLength(2_000);
    expect(app.heard).toMatchObject([{ status: 'failed' }]);
  }, 90_000);

  it('can be cancelled, and keep what was committed', async () => {
    const file = gadgetFile(10_000, (i) => `A-${i},Name,1,`);
    const begun = new Promise<void>((resolve) => (app.mishaps.inBatch = (row) => row === 2_001 && resolve()));
    const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } })).body as ImportAnswer;
    await begun;

    expect((await app.call('POST', `/imports/${id}/cancel`)).status).toBe(200);

    const { status, counts } = await app.ended<ImportAnswer>(`/imports/${id}`);
    expect(status).toBe('cancelled');
    expect(await app.gadgets()).toHaveLength(counts['added'] ?? 0);
    expect(counts['read']).toBeLessThan(10_000);
    expect(app.heard).toMatchObject([{ status: 'cancelled', counts }]);
    const again = await app.call('POST', `/imports/${id}/cancel`);
    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'imports.already_finished']);
  });

  it('are seen by their owner, and by who sees such records in the whole organization', async () => {
    const { id } = await app.imported('Code,Full Name\nA-1,One\n');
    const capabilities = { import: true };
    const peer = await app.aUser('peer@example.com', { permissions: { gadget: { view: 'organization' } }, capabilities });
    const other = await app.aUser('other@example.com', { permissions: { gadget: { view: 'own', create: 'own' } }, capabilities });
    const stranger = await app.aUser('stranger@example.com', { permissions: {}, capabilities: {} });

    const statuses = async (path: string) => [
      (await app.call('GET', path, undefined, peer)).status,
      (await app.call('GET', path, undefined, other)).status,
    ];

    expect(await statuses(`/imports/${id}`)).toEqual([200, 404]);
    expect(await statuses(`/imports/${id}/errors`)).toEqual([200, 404]);
    expect(((await app.call('GET', '/imports', undefined, other)).body as { items: unknown[] }).items).toEqual([]);
    expect((await app.call('GET', '/imports', undefined, stranger)).status).toBe(403);
  });

  it('can be followed as they get on', async () => {
    const file = gadgetFile(3_000, (i) => `A-${i},Name,1,`);
    const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } })).body as ImportAnswer;

    const { status, text, headers } = await app.call('GET', `/imports/${id}/events`);

    const events = text.split('\n\n').filter((part) => part.includes('event:'));
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/event-stream')]);
    expect(events.at(-1)).toMatch(/event: finished/);
    expect(events.at(-1)).toContain('"added":3000');
    expect(events.slice(0, -1).every((part) => part.includes('event: progress'))).toBe(true);
    expect((await app.call('GET', '/imports/4711/events')).status).toBe(404);
  });

  it('offer a template', async () => {
    const { text, status } = await app.call('GET', '/import-templates/gadgets');

    expect([status, text]).toEqual([200, 'Code,Full Name,Active,Tags 1 Tag,Tags 2 Tag\r\nG-1,Gadget,1,one,two\r\n']);
    expect(await app.imported(text)).toMatchObject({ status: 'completed', counts: { added: 1 }, warnings: [] });
    expect((await app.call('GET', '/import-templates/nothing')).status).toBe(404);
  });

  describe('at their upload', () => {
    const file = 'Code,Full Name\nA-1,One\n';
    const faultsOf = (answer: { body: never }) =>
      (answer.body as { errors: { pointer: string; code: string }[] }).errors.map(({ pointer, code }) => [pointer, code]);

    it('take the fields before and behind the file', async () => {
      const answer = await app.upload({ file, fields: { entity: 'gadgets', mode: 'validate' }, fileFirst: true });

      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({ location: `/admin/api/imports/${(answer.body as ImportAnswer).id}`, etag: '"1"' });
      expect(answer.body).toMatchObject({ mode: 'validate', status: 'queued', progress: 0, startedAt: null, error: null });
    });

    it.each([
      [{ fields: { entity: 'gadgets' } }, [['/file', 'required']]],
      [{ file, fields: {} }, [['/entity', 'required']]],
      [{ file, fields: { entity: 'nothing' } }, [['/entity', 'not_one_of']]],
      [
        { file, fields: { entity: 'gadgets', mode: 'x', strategy: 'y', mails: 'z' } },
        [
          ['/mode', 'not_one_of'],
          ['/strategy', 'not_one_of'],
          ['/mails', 'not_one_of'],
        ],
      ],
      [{ file, fields: { entity: 'gadgets', colour: 'red' } }, [['/colour', 'unknown_member']]],
      [{ file, fields: { entity: 'gadgets', mapping: '{' } }, [['/mapping', 'not_an_object']]],
      [
        { file, fields: { entity: 'gadgets', mapping: '{"a/b": "Nothing", "c": 1}' } },
        [
          ['/mapping/a~1b', 'imports.unknown_column'],
          ['/mapping/c', 'not_a_string'],
        ],
      ],
      [
        { file, part: 'data', fields: { entity: 'gadgets' } },
        [
          ['/data', 'unknown_member'],
          ['/file', 'required'],
        ],
      ],
    ])('are refused: %j', async (form, faults) => {
      const answer = await app.upload(form);

      expect([answer.status, faultsOf(answer)]).toEqual([400, faults]);
    });

    it('are refused when the file is too large, with an answer that arrives', async () => {
      await setSetting(app, settings.importMegabytes, 1);
      await app.call('GET', '/imports');
      await app.http.listen(0, '127.0.0.1');
      const { body, type } = multipart({ file: Buffer.alloc(5_000_000, 'a'), fields: { entity: 'gadgets' } });

      const answer = await fetch(`${await app.http.getUrl()}/admin/api/imports`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': type, authorization: 'Bearer any' },
      });

      expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ code: 'files.too_large' })]);
      // The client keeps what it could not send, and with it the connection.
      app.http.getHttpServer().closeAllConnections();
    });

    it.each([
      ['more than one file', '--X\r\nContent-Disposition: form-data; name="file"; filename="b.csv"\r\n\r\nCode\r\n'],
      [
        'too many fields',
        Array.from({ length: 500 }, (_, i) => `--X\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\n1\r\n`).join(''),
      ],
      ['a field of a name that nothing can have', '--X\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n'],
    ])('are refused with %s', async (what, parts) => {
      await app.call('GET', '/imports');
      const first = `--X\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${file}\r\n`;
      const answer = await app.http.inject({
        method: 'POST',
        url: '/admin/api/imports',
        payload: `${first}${parts}--X--\r\n`,
        headers: { 'content-type': 'multipart/form-data; boundary=X', authorization: 'Bearer any' },
      });

      expect([answer.statusCode, answer.json()]).toEqual([
        400,
        expect.objectContaining({ code: 'request.malformed', detail: `The form has ${what}.` }),
      ]);
    });

    it('are refused in another media type', async () => {
      expect((await app.call('POST', '/imports', { entity: 'gadgets' })).status).toBe(415);
    });

    it('are one import under one Idempotency-Key', async () => {
      const headers = { 'idempotency-key': 'one' };
      const fields = { entity: 'gadgets' };

      const first = await app.upload({ file, fields }, headers);
      const again = await app.upload({ file, fields, fileFirst: true }, headers);
      const other = await app.upload({ file: `${file}A-2,Two\n`, fields }, headers);

      expect([again.status, again.body, again.headers['location']]).toEqual([201, first.body, first.headers['location']]);
      expect([other.status, (other.body as { code: string }).code]).toEqual([422, 'idempotency.key_reused']);
    });

    it('are one import when the same file comes eight times at once', async () => {
      const text = `${file}A-8,Eight\n`;

      const answers = await Promise.all(Array.from({ length: 8 }, () => app.upload({ file: text, fields: { entity: 'gadgets' } })));

      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, ...Array<number>(7).fill(409)]);
    });

    it('are refused when the same file was imported a moment ago, unless forced', async () => {
      await app.imported(file, { mode: 'validate' });
      const { id } = await app.imported(file);

      const again = await app.upload({ file, fields: { entity: 'gadgets' } });

      expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'imports.same_file' })]);
      expect((again.body as { detail: string }).detail).toContain(`import ${id}`);
      expect((await app.imported(file, { force: 'true' })).counts).toMatchObject({ unchanged: 1 });
    });
  });
});
