import { Logger } from '@nestjs/common';

/** Calls `beat` at an interval, never twice at a time. A beat that fails is logged: the next may succeed within the lease. */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private beating: Promise<void> | undefined;

  constructor(
    private readonly beat: () => Promise<unknown>,
    every: number,
    private readonly logger: Logger,
  ) {
    this.timer = setInterval(() => {
      this.beating ??= this.once();
    }, every);
  }

  /** Resolves when no beat is under way any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private async once(): Promise<void> {
    try {
      await this.beat();
    } catch (error) {
      this.logger.warn(`The lease of a job could not be extended: ${String(error)}`);
    } finally {
      this.beating = undefined;
    }
  }
}
