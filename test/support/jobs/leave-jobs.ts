import type { INestApplicationContext } from '@nestjs/common';
import { QueueDriver } from '../../../src/platform/jobs/index.js';

/** Has a started application leave all jobs, also those that nobody hands over, to other processes. */
export async function leaveJobsToOthers(app: INestApplicationContext): Promise<void> {
  const driver = app.get(QueueDriver, { strict: false });
  await driver.stop();
  // It is at rest already when the application is closed.
  driver.stop = () => Promise.resolve();
  driver.handOver = () => Promise.resolve();
}
