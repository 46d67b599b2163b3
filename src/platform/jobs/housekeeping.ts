import { Injectable, Logger } from '@nestjs/common';
import { HOUR } from '../clock/index.js';
import { Contributions } from '../contributions/index.js';

/** Something to be tidied up every hour, such as what has expired. Any number of processes may do it at once. */
export abstract class Chore {
  abstract readonly name: string;
  abstract run(): Promise<void>;
}

/** Does every module's chores, at the start and every hour, in the processes that run jobs. */
@Injectable()
export class Housekeeping {
  private readonly logger = new Logger('Housekeeping');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly contributions: Contributions) {}

  start(): void {
    this.timer = setInterval(() => this.soon(), HOUR);
    this.soon();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Does all chores, after those under way. One that fails does not keep the others from being done. */
  async run(): Promise<void> {
    for (const chore of this.contributions.instancesOf(Chore)) {
      try {
        await chore.run();
      } catch (error) {
        this.logger.warn(`${chore.name} failed and will be done in an hour: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private soon(): void {
    this.running = this.running.then(() => this.run());
  }
}
