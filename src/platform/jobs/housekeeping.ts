import { Injectable, Logger } from '@nestjs/common';
import { HOUR } from '../clock/index.js';
import { Contributions } from '../contributions/index.js';

/** Something to be tidied up again and again, such as what has expired. Any number of processes may do it at once. */
export abstract class Chore {
  abstract readonly name: string;
  /** In milliseconds. */
  readonly every: number = HOUR;
  abstract run(): Promise<void>;
}

/** Does every module's chores, at the start and each time that they are due, in the processes that run jobs. */
@Injectable()
export class Housekeeping {
  private readonly logger = new Logger('Housekeeping');
  private timers: readonly NodeJS.Timeout[] = [];
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly contributions: Contributions) {}

  start(): void {
    const chores = this.contributions.instancesOf(Chore);
    const rhythms = new Set(chores.map(({ every }) => every));
    this.timers = [...rhythms].map((rhythm) => setInterval(() => this.soon(chores.filter(({ every }) => every === rhythm)), rhythm));
    this.soon(chores);
  }

  async stop(): Promise<void> {
    this.timers.forEach(clearInterval);
    await this.running;
  }

  /** Does all chores, after those under way. One that fails does not keep the others from being done. */
  async run(chores: readonly Chore[] = this.contributions.instancesOf(Chore)): Promise<void> {
    for (const chore of chores) {
      try {
        await chore.run();
      } catch (error) {
        this.logger.warn(`${chore.name} failed and will be tried again: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private soon(chores: readonly Chore[]): void {
    this.running = this.running.then(() => this.run(chores));
  }
}
