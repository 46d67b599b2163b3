import { Injectable } from '@nestjs/common';
import { Clock, HOUR } from '../../platform/clock/index.js';
import { deleteBefore, UnitOfWork } from '../../platform/database/index.js';
import { Chore } from '../../platform/jobs/index.js';
import { FailedTriesCount } from './failed-tries-count.entity.js';
import { RevokedToken } from './revoked-token.entity.js';

/** For processes whose clocks go behind ours. */
const MARGIN = HOUR;

@Injectable()
export class ExpiredOAuthEntries extends Chore {
  readonly name = 'Forgetting revoked tokens and failed tries that are over';

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await deleteBefore(this.work.repository(RevokedToken), 'expiresAt', this.clock.in(-MARGIN));
    await deleteBefore(this.work.repository(FailedTriesCount), 'endsAt', this.clock.in(-MARGIN));
  }
}
