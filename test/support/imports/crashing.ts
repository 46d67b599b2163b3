import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { QueueDriver } from '../../../src/platform/jobs/index.js';
import { GadgetsApp, type ImportAnswer, serveGadgets } from './gadgets-app.js';
import type { ImportOrder } from './import-child.js';

const SUPPORT = join('test', 'support');
const ROWS = 20_000;
const DEATHS = 10;
/** Milliseconds in which an undisturbed process gets through a good part of the file. */
const LONGEST_LIFE = 250;

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

/** What became of an import whose process was killed again and again, at random points, and then left alone. */
export async function anImportKilledAgainAndAgain(redisUrl?: string) {
  const app = await GadgetsApp.start(redisUrl);
  const { configuration } = app;
  // This process leaves the job to the others.
  app.http.get(QueueDriver, { strict: false }).handOver = () => Promise.resolve();
  const lines = Array.from({ length: ROWS }, (_, i) => (i % 50 === 7 ? `bad!,x,,t` : `G-${i % 19_000},Näme ${i},1,t`));
  const file = `Code,Full Name,Active,Tags 1 Tag\n${lines.join('\n')}\n`;
  const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } })).body as ImportAnswer;
  await app.http.close();

  const lives = Array.from({ length: DEATHS }, () => randomInt(LONGEST_LIFE));
  const ends: (string | null)[] = [];
  for (const dieAfter of lives) ends.push(await aChild({ configuration, importId: id, dieAfter }));
  const last = await aChild({ configuration, importId: id });

  app.http = await serveGadgets(configuration);
  const ended = await app.ended<ImportAnswer>(`/imports/${id}`);
  const { manager } = app.work;
  const gadgets = await app.gadgets();
  const found = {
    // A process that found nothing left to do ended by itself.
    killed: ends.includes('SIGKILL'),
    last,
    ended,
    gadgets: gadgets.length,
    lastOfTwo: gadgets.find(({ code }) => code === 'G-10')?.name,
    errors: await manager.countBy('ImportError', { importId: id }),
    endings: await manager.countBy('JobRow', { name: 'import-export.remove-files' }),
  };
  await app.close();
  return found;
}

/** What an undisturbed import comes to. */
export const UNDISTURBED = {
  killed: true,
  last: null,
  ended: { status: 'completed-with-errors', counts: { read: ROWS, added: 18_620, replaced: 980, unchanged: 0, failed: 400 } },
  gadgets: 18_620,
  lastOfTwo: 'Näme 19010',
  errors: 400,
  endings: 1,
};
