import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { GadgetsApp, type ImportAnswer, serveGadgets } from '../support/imports/gadgets-app.js';
import type { ImportOrder } from '../support/imports/import-child.js';
import { QueueDriver } from '../../src/platform/jobs/index.js';

const SUPPORT = join('test', 'support');
const ROWS = 20_000;
const DEATHS = [0, 35, 90, 160, 20, 120];

/** Runs a process on the import; answers the signal that ended it. */
async function aChild(order: ImportOrder): Promise<NodeJS.Signals | null> {
  const loader = `./${join(SUPPORT, 'jobs', 'typescript.mjs')}`;
  const child = spawn(process.execPath, ['--import', loader, join(SUPPORT, 'imports', 'import-child.ts')], {
    env: { ...process.env, CHILD_ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== null && code !== 0) throw new Error(`The child ended with ${code}:\n${complaints}`);
  return signal;
}

describe('An import whose process is killed', () => {
  it('again and again ends as if nothing had happened, with no row twice', async () => {
    const app = await GadgetsApp.start();
    const { configuration } = app;
    // This process leaves the job to the others.
    app.http.get(QueueDriver, { strict: false }).handOver = () => Promise.resolve();
    const lines = Array.from({ length: ROWS }, (_, i) => (i % 50 === 7 ? `bad!,x,,t` : `G-${i % 19_000},Näme ${i},1,t`));
    const file = `Code,Full Name,Active,Tags 1 Tag\n${lines.join('\n')}\n`;
    const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } })).body as ImportAnswer;
    await app.http.close();

    for (const dieAfter of DEATHS) expect(await aChild({ configuration, importId: id, dieAfter })).toBe('SIGKILL');
    expect(await aChild({ configuration, importId: id })).toBeNull();

    app.http = await serveGadgets(configuration);
    const ended = await app.ended<ImportAnswer>(`/imports/${id}`);
    expect(ended).toMatchObject({
      status: 'completed-with-errors',
      counts: { read: ROWS, added: 18_620, replaced: 980, unchanged: 0, failed: 400 },
    });
    const gadgets = await app.gadgets();
    expect(gadgets).toHaveLength(18_620);
    expect(gadgets.find(({ code }) => code === 'G-10')?.name).toBe('Näme 19010');
    expect(await app.work.manager.countBy('ImportError', { importId: id })).toBe(400);
    expect(await app.work.manager.countBy('JobRow', { name: 'import-export.remove-files' })).toBe(1);
    await app.close();
  }, 180_000);
});
