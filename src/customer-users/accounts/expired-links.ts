import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { deleteBefore, UnitOfWork } from '../../platform/database/index.js';
import { Chore } from '../../platform/jobs/index.js';
import { LinkToken } from './link-token.entity.js';
import { PendingEmails } from './pending-emails.js';

@Injectable()
export class ExpiredLinks extends Chore {
  readonly name = 'Removing expired links';

  constructor(
    private readonly work: UnitOfWork,
    private readonly pendingEmails: PendingEmails,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.pendingEmails.forgetExpired();
    await deleteBefore(this.work.repository(LinkToken), 'expiresAt', this.clock.now());
  }
}
