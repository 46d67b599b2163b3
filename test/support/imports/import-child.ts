import 'reflect-metadata';
import type { Configuration } from '../../../src/platform/config/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { eventually } from '../jobs/eventually.js';
import { Mishaps } from './gadgets.js';
import { serveGadgets } from './gadgets-app.js';

export interface ImportOrder {
  configuration: Configuration;
  importId: number;
  /** Milliseconds after the first batch began at which the process kills itself. Without it, it stays to the end of the import. */
  dieAfter?: number;
}

const { configuration, importId, dieAfter } = JSON.parse(process.env['CHILD_ORDER'] ?? '') as ImportOrder;

const app = await serveGadgets(configuration);
let begun = false;
app.get(Mishaps, { strict: false }).inBatch = () => {
  if (begun || dieAfter === undefined) return;
  begun = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), dieAfter);
};
const { manager } = app.get(UnitOfWork);
const isOver = async () =>
  (await manager.findOneBy<{ id: number; finishedAt: Date | null }>('Import', { id: importId }))?.finishedAt != null;
await eventually(isOver, 'the import ends', 120_000);
await app.close();
