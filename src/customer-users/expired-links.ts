import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { deleteBefore, UnitOfWork } from '../platform/database/index.js';
import { Chore } from '../platform/jobs/index.js';
import { LinkToken } from './link-token.entity.js';

@Injectable()
export class ExpiredLinks extends Chore {
  readonly name = 'Removing expired links';

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return deleteBefore(this.work.repository(LinkToken), 'expiresAt', this.clock.now());
  }
}
