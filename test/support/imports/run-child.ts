import 'reflect-metadata';
import type { Configuration } from '../../../src/platform/config/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { eventually } from '../jobs/eventually.js';
import { Mishaps } from './gadgets.js';
import { serveGadgets } from './gadgets-app.js';

export interface RunOrder {
  configuration: Configuration;
  entity: 'Import' | 'Export';
  id: number;
  /** Milliseconds after the first batch began at which the process kills itself. Without it, it stays to the end of the run. */
  dieAfter?: number;
}

const { configuration, entity, id, dieAfter } = JSON.parse(process.env['CHILD_ORDER'] ?? '') as RunOrder;

const app = await serveGadgets(configuration);
let begun = false;
app.get(Mishaps, { strict: false }).inBatch = () => {
  if (begun || dieAfter === undefined) return;
  begun = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), dieAfter);
};
const { manager } = app.get(UnitOfWork);
const isOver = async () => (await manager.findOneBy<{ id: number; finishedAt: Date | null }>(entity, { id }))?.finishedAt != null;
await eventually(isOver, 'the run ends', 120_000);
await app.close();
