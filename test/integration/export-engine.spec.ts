import { csvLine } from '../../src/import-export/csv/index.js';
import { eventually } from '../support/jobs/eventually.js';
import { gadgetFile } from '../support/imports/gadgets.js';
import { GadgetsApp } from '../support/imports/gadgets-app.js';

describe('Exports', () => {
  let app: GadgetsApp;

  beforeEach(async () => {
    app = await GadgetsApp.start();
  });

  afterEach(() => app.close());

  const exported = async (draft: object, as = app.principal) => {
    const started = await app.call('POST', '/exports', { entity: 'gadgets', ...draft }, as);
    expect(started.status).toBe(201);
    const { id } = started.body as { id: number };
    const ended = await app.ended<{ status: string; rows: number; file: string }>(`/exports/${id}`, as);
    return { ...ended, id, file: await app.call('GET', `/exports/${id}/file`, undefined, as) };
  };

  it('write what an import leaves unchanged, whatever the cells hold', async () => {
    const names = ['=1+1', "'s-Hertogenbosch", '+31', '-5', '@x', 'a,b', 'say "hi"', 'Zoë 😀', "'=1", 'x;y'];
    const source =
      csvLine(['Code', 'Full Name', 'Active', 'Tags 1 Tag', 'Tags 2 Tag', 'Tags 3 Tag']) +
      names
        .map((name, i) => csvLine([`A-${i}`, name, String(i % 2), ...Array.from({ length: 3 }, (_, t) => (t < i % 4 ? `t${t}` : ''))]))
        .join('');
    await app.imported(source);

    const { status, rows, file } = await exported({});

    expect([status, rows, file.text]).toEqual(['completed', names.length, source]);
    expect(file.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-length': String(Buffer.byteLength(source)) });
    expect((await app.gadgets()).map(({ name }) => name)).toEqual(names);
    expect((await app.imported(file.text, { force: 'true' })).counts).toMatchObject({ read: names.length, unchanged: names.length });
    expect(app.heard.at(-2)).toMatchObject({ label: 'gadgets', status: 'completed', rows: names.length, keptDays: 14, reason: null });
  });

  it('take filter, sort, columns and format', async () => {
    await app.imported('Code,Full Name,Active\nA-1,One,1\nA-2,Two,0\nA-3,Three,1\n');
    const order = { filter: { active: true }, sort: '-code' };

    expect((await exported({ ...order, columns: ['Full Name', 'ownerId'] })).file.text).toBe(
      `Full Name,Owner Id\r\nThree,${app.principal.id}\r\nOne,${app.principal.id}\r\n`,
    );
    expect((await exported({ ...order, format: 'jsonl' })).file.text).toBe(
      '{"code":"A-3","name":"Three","active":true,"tags":[]}\n{"code":"A-1","name":"One","active":true,"tags":[]}\n',
    );
  });

  it('of nothing are a header', async () => {
    expect(await exported({})).toMatchObject({ rows: 0, file: { text: 'Code,Full Name,Active,Tags 1 Tag\r\n' } });
    expect((await exported({ format: 'jsonl' })).file).toMatchObject({ status: 200, text: '' });
  });

  it('tell how far they are, how fast, and how long they still take', async () => {
    await app.imported(gadgetFile(8_500, (i) => `A-${i},Name ${i},1,t`));
    let told: Partial<Record<'id' | 'rows', number>> = {};
    let batches = 0;
    app.mishaps.inBatch = async () => {
      // While the last of them is made, the two before it are written.
      if (++batches === 3)
        await eventually(async () => {
          [told = {}] = ((await app.call('GET', '/exports')).body as { items: (typeof told)[] }).items;
          return told.rows === 8_000;
        }, 'two batches are written');
    };

    const { id } = await exported({ sort: 'id' });

    expect(told).toMatchObject({ rows: 8_000, totalRows: 8_500, progress: 0.941, secondsLeft: expect.any(Number) as number });
    expect((await app.call('GET', `/exports/${id}`)).body).toMatchObject({
      ...{ rows: 8_500, totalRows: 8_500, progress: 1, secondsLeft: null },
      rowsPerSecond: expect.any(Number) as number,
    });
  }, 60_000);

  it('go on at the last committed batch after errors', async () => {
    await app.imported(gadgetFile(8_500, (i) => `A-${i},Name ${i},1,t`));
    const seen: number[] = [];
    app.mishaps.inBatch = (id) => {
      seen.push(id);
      if (seen.length % 2 === 1) throw new Error('A mishap of the test.');
    };

    const { file, rows } = await exported({ sort: 'id' });

    expect(seen).toHaveLength(6);
    expect(rows).toBe(8_500);
    expect(
      file.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toEqual(Array.from({ length: 8_500 }, (_, i) => `A-${i + 1}`));
  }, 60_000);

  it.each([
    [{ entity: 'nothing' }, '/entity'],
    [{ columns: ['Nothing'] }, '/columns/0'],
    [{ columns: ['code', 'Code'] }, '/columns/1'],
    [{ filter: { nothing: 1 } }, '/filter/nothing'],
    [{ filter: { code: {} } }, '/filter/code'],
    [{ filter: { code: ['A-1'] } }, '/filter/code'],
    [{ filter: { code: null } }, '/filter/code'],
    [{ filter: { code: { contains: ['A'] } } }, '/filter/code/contains'],
    [{ filter: { code: { eq: { in: ['A'] } } } }, '/filter/code/eq'],
    [{ filter: { code: { in: [] } } }, '/filter/code/in'],
    [{ filter: { code: { in: [['A-1']] } } }, '/filter/code/in'],
    [{ filter: { code: { in: ['A-1,A-2'] } } }, '/filter/code/in'],
    [{ filter: { active: 1 } }, '/filter/active'],
    [{ sort: 'nothing' }, '/sort'],
    [{ format: 'xml' }, '/format'],
    [{ colour: 'red' }, '/colour'],
  ])('are refused: %j', async (draft, pointer) => {
    const { status, body } = await app.call('POST', '/exports', { entity: 'gadgets', ...draft });

    expect([status, (body as { errors: { pointer: string }[] }).errors.map((fault) => fault.pointer)]).toEqual([400, [pointer]]);
  });

  it('are fetched by their owner, and by who could have exported as much', async () => {
    await app.imported('Code,Full Name\nA-1,One\n');
    const { id } = await exported({});
    const capabilities = { export: true };
    const peer = await app.aUser('peer@example.com', { permissions: { gadget: { view: 'organization' } }, capabilities });
    const other = await app.aUser('other@example.com', { permissions: { gadget: { view: 'own' } }, capabilities });
    const blind = await app.aUser('blind@example.com', { permissions: {}, capabilities });

    expect((await app.call('GET', `/exports/${id}/file`, undefined, peer)).status).toBe(200);
    expect((await app.call('GET', `/exports/${id}/file`, undefined, other)).status).toBe(404);
    expect((await app.call('POST', '/exports', { entity: 'gadgets' }, blind)).status).toBe(403);
    expect((await exported({}, other)).file.text).toBe('Code,Full Name,Active,Tags 1 Tag\r\n');
  });

  it('have a file for fourteen days', async () => {
    const { id } = await exported({});
    const { finishedAt, expiresAt } = (await app.call('GET', `/exports/${id}`)).body as { finishedAt: string; expiresAt: string };
    expect((Date.parse(expiresAt) - Date.parse(finishedAt)) / 86_400_000).toBeCloseTo(14, 4);

    await app.work.manager.update('Export', { id }, { expiresAt: new Date() });

    const { status, body } = await app.call('GET', `/exports/${id}/file`);
    expect([status, body]).toEqual([404, expect.objectContaining({ code: 'exports.file_expired' })]);
  });
});
