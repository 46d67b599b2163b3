import { Injectable } from '@nestjs/common';
import { HealthCheck } from '../health/index.js';
import { QueueDriver } from './queue-driver.js';

/** Not critical: what is enqueued while the queue is away is handed over when it is back. */
@Injectable()
export class QueueHealth extends HealthCheck {
  readonly name = 'queue';
  override readonly critical = false;

  constructor(private readonly driver: QueueDriver) {
    super();
  }

  async check(): Promise<undefined> {
    await this.driver.ping();
  }
}
