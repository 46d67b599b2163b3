import { type HandOver, QueueDriver } from '../../../src/platform/jobs/index.js';

/** A queue that forgets everything but a list for the test to read: jobs are run by the test itself. */
export class SilentDriver extends QueueDriver {
  readonly handedOver: HandOver[] = [];
  down = false;

  async handOver(jobs: readonly HandOver[]): Promise<void> {
    await this.ping();
    this.handedOver.push(...jobs);
  }

  async connect(): Promise<void> {
    // Nothing to connect to.
  }

  async start(): Promise<void> {
    // Takes nothing.
  }

  async stop(): Promise<void> {
    // Took nothing.
  }

  async ping(): Promise<void> {
    if (this.down) throw new Error('The queue is down.');
  }
}
