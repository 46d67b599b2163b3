import 'reflect-metadata';
import type { Configuration } from '../../../src/platform/config/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { JobTimings } from '../../../src/platform/jobs/index.js';
import { prepare } from '../../../src/start.js';
import { eventually } from '../jobs/eventually.js';
import { QUICK } from '../jobs/jobs-app.js';

export interface WelcomeOrder {
  configuration: Configuration;
  importId: number;
  /** Milliseconds after its start at which the process kills itself. Without it, it stays until the last mail is sent. */
  dieAfter?: number;
}

const { configuration, importId, dieAfter } = JSON.parse(process.env['CHILD_ORDER'] ?? '') as WelcomeOrder;

const app = await prepare(configuration, 'all');
Object.assign(app.get(JobTimings, { strict: false }), QUICK);
await app.init();
if (dieAfter !== undefined) setTimeout(() => process.kill(process.pid, 'SIGKILL'), dieAfter);
const { manager } = app.get(UnitOfWork);
const isOver = async () => {
  const run = await manager.findOneBy<{ id: number; finishedAt: Date | null }>('Import', { id: importId });
  return run?.finishedAt != null && (await manager.countBy('EmailRow', { status: 'queued' })) === 0;
};
await eventually(isOver, 'the import ends and the last mail is sent', 240_000);
await app.close();
