import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { sha256 } from '../../platform/secrets/index.js';
import { FailedTriesCount } from './failed-tries-count.entity.js';
import { sourceOf } from './source.js';

const WINDOW = MINUTE;

/** Failures within a window that are still answered with what was wrong. */
export const MOST_FAILURES = { client: 30, source: 100 } as const;

/**
 * Slows down whoever cannot authenticate, by the client that is named (whether there is one of that name or not) and by the source.
 * Only failures are counted and only failures are refused for it: who shows the right secret is always let in, so that nobody locks
 * out a stranger's client, be it from the same address. Guessing needs no other bar, for secrets have 256 bits.
 */
@Injectable()
export class FailedTries {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** Counts a failure. Answers the seconds to wait for when there have been too many of late, 0 when not. */
  async count(clientId: string | undefined): Promise<number> {
    const { ip } = this.context.get();
    const now = this.clock.now().getTime();
    const ends = (Math.floor(now / WINDOW) + 1) * WINDOW;
    const kinds = [
      ['source', ip === undefined ? undefined : sourceOf(ip)],
      ['client', clientId],
    ] as const;
    for (const [kind, value] of kinds) {
      if (value === undefined) continue;
      const bucket = sha256(`${kind} ${ends} ${value}`);
      // Whose source is over the limit adds nothing to the counts of the clients that it names.
      if ((await this.add(bucket, new Date(ends))) > MOST_FAILURES[kind]) return Math.ceil((ends - now) / SECOND);
    }
    return 0;
  }

  private async add(bucket: string, endsAt: Date): Promise<number> {
    const counts = this.work.repository(FailedTriesCount);
    if (!(await this.increment(bucket))) {
      await counts.createQueryBuilder().insert().values({ bucket, failures: 0, endsAt }).orIgnore().updateEntity(false).execute();
      await this.increment(bucket);
    }
    return (await counts.findOneBy({ bucket }))?.failures ?? 0;
  }

  private async increment(bucket: string): Promise<boolean> {
    const { affected } = await this.work.repository(FailedTriesCount).increment({ bucket }, 'failures', 1);
    return affected === 1;
  }
}
