import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ExpectedFiles } from '../../src/platform/expected-files/index.js';
import { FileStore } from '../../src/platform/files/index.js';
import { eventually } from '../support/jobs/eventually.js';
import { GadgetsApp } from '../support/imports/gadgets-app.js';

const JOB = { name: 'files.remove-unheld-file' };

describe('Files that are expected', () => {
  let app: GadgetsApp;
  beforeEach(async () => {
    app = await GadgetsApp.start();
  });
  afterEach(() => app.close());

  const files = () => app.http.get(FileStore, { strict: false });
  const jobs = async () =>
    (await app.work.manager.findBy<object>('JobRow', JOB)) as { payload: { key: string }; status: string; dueAt: Date }[];
  const kept = async () =>
    (await readdir(app.configuration.files.folder, { recursive: true }))
      .flatMap((name) => /^..\/([\da-f-]{36})$/.exec(name)?.[1] ?? [])
      .sort();
  const aDayLater = async () => {
    for (const { payload } of await jobs()) await app.http.get(ExpectedFiles).removeUnheld(payload);
  };

  it('are all that an import and an export keep, and stay with them', async () => {
    // In UTF-8 and with what it has more than once, the import keeps three.
    const { id } = await app.imported(Buffer.from('Code,Full Name\nA-1,Zoë\nA-1,Zoé\n', 'latin1'));
    const { id: exported } = (await app.call('POST', '/exports', { entity: 'gadgets' })).body as { id: number };
    await app.ended(`/exports/${exported}`);

    expect(await kept()).toHaveLength(4);
    expect((await jobs()).map(({ payload }) => payload.key).sort()).toEqual(await kept());
    expect((await jobs()).every(({ status, dueAt }) => status === 'waiting' && dueAt.getTime() > Date.now() + 86_000_000)).toBe(true);

    await aDayLater();

    expect(await kept()).toHaveLength(4);
    expect((await app.call('GET', `/imports/${id}/error-file`)).status).toBe(200);
    expect((await app.call('GET', `/exports/${exported}/file`)).status).toBe(200);
  });

  it('are removed when no row came to have them', async () => {
    const expected = app.http.get(ExpectedFiles);
    await files().put(Readable.from([Buffer.from('Code\n')]), { maxBytes: 100, announce: expected.expect });
    const begun = await files().create(expected.expect);
    await files().append(begun, 0, 'Code\n');
    expect(await kept()).toHaveLength(2);

    await aDayLater();

    expect(await kept()).toEqual([]);
  });

  it('are removed at once when their rows are', async () => {
    const { key } = await files().put(Readable.from([Buffer.from('x')]), { maxBytes: 100 });

    await app.http.get(ExpectedFiles).release([key]);

    await eventually(async () => (await kept()).length === 0, 'the file is gone');
    expect(await jobs()).toMatchObject([{ payload: { key } }]);
  });
});
