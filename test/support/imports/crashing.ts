import { randomInt } from 'node:crypto';
import { insertMany } from '../../../src/platform/database/index.js';
import { leaveJobsToOthers } from '../jobs/leave-jobs.js';
import { aChild } from './a-child.js';
import { Gadget } from './gadgets.js';
import { GadgetsApp, type ImportAnswer, serveGadgets } from './gadgets-app.js';
import type { RunOrder } from './run-child.js';

const ROWS = 20_000;
/** How often a process dies, and in how many milliseconds at most, in which an undisturbed one gets through a part of the rows. */
const LIVES = { Import: { deaths: 10, longest: 250 }, Export: { deaths: 5, longest: 60 } };

/** Processes that are killed at random points of a run, one after the other, and one that is left alone. */
async function aRunOfShortLives(order: Omit<RunOrder, 'dieAfter'>) {
  const { deaths, longest } = LIVES[order.entity];
  const lives = Array.from({ length: deaths }, () => randomInt(longest));
  const ends: (string | null)[] = [];
  for (const dieAfter of lives) ends.push(await aChild('run-child.ts', { ...order, dieAfter }));
  // A process that found nothing left to do ended by itself.
  return { killed: ends.includes('SIGKILL'), last: await aChild('run-child.ts', order) };
}

/** An application that leaves its jobs to other processes. */
async function anIdleApp(redisUrl?: string): Promise<GadgetsApp> {
  const app = await GadgetsApp.start(redisUrl);
  await leaveJobsToOthers(app.http);
  return app;
}

/** What became of an import whose process was killed again and again, at random points, and then left alone. */
export async function anImportKilledAgainAndAgain(redisUrl?: string) {
  const app = await anIdleApp(redisUrl);
  const { configuration } = app;
  const lines = Array.from({ length: ROWS }, (_, i) => (i % 50 === 7 ? `bad!,x,,t` : `G-${i % 19_000},Näme ${i},1,t`));
  const file = `Code,Full Name,Active,Tags 1 Tag\n${lines.join('\n')}\n`;
  const { id } = (await app.upload({ file, fields: { entity: 'gadgets' } })).body as ImportAnswer;
  await app.http.close();

  const lives = await aRunOfShortLives({ configuration, entity: 'Import', id });

  app.http = await serveGadgets(configuration);
  const ended = await app.ended<ImportAnswer>(`/imports/${id}`);
  const { manager } = app.work;
  const gadgets = await app.gadgets();
  const found = {
    ...lives,
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

/** What became of an export whose process was killed again and again, at random points, and then left alone. */
export async function anExportKilledAgainAndAgain(redisUrl?: string) {
  const app = await anIdleApp(redisUrl);
  const { configuration, principal } = app;
  const gadgets = Array.from({ length: ROWS }, (_, i) => ({
    ownerId: principal.id,
    code: `G-${i}`,
    name: `Näme ${i}`,
    active: true,
    tags: ['t'],
  }));
  await insertMany(app.work.manager, Gadget, gadgets);
  const { id } = (await app.call('POST', '/exports', { entity: 'gadgets', sort: 'id' })).body as { id: number };
  await app.http.close();

  const lives = await aRunOfShortLives({ configuration, entity: 'Export', id });

  app.http = await serveGadgets(configuration);
  const { status, rows, sizeBytes } = await app.ended<{ status: string; rows: number; sizeBytes: number }>(`/exports/${id}`);
  const { text } = await app.call('GET', `/exports/${id}/file`);
  const whole = `Code,Full Name,Active,Tags 1 Tag\r\n${gadgets.map(({ code, name }) => `${code},${name},1,t\r\n`).join('')}`;
  const endings = await app.work.manager.countBy('JobRow', { name: 'import-export.remove-files' });
  await app.close();
  return { ...lives, status, rows, isWhole: text === whole, sizeIsTold: sizeBytes === Buffer.byteLength(whole), endings };
}

/** What an undisturbed export comes to. */
export const UNDISTURBED_EXPORT = {
  ...{ killed: true, last: null, status: 'completed', rows: ROWS },
  ...{ isWhole: true, sizeIsTold: true, endings: 1 },
};
