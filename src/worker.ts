import 'reflect-metadata';
import { loadConfiguration } from './platform/config/index.js';
import { prepare, refuseStart } from './start.js';

/** A process that runs jobs: imports, exports, mails and cleaning up. Start as many as there is work for. */
async function main(): Promise<void> {
  const app = await prepare(loadConfiguration(), 'worker');
  await app.init();
  console.log('The worker is up.');
}

main().catch(refuseStart);
