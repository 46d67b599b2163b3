import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { deleteBefore, UnitOfWork } from '../platform/database/index.js';
import { Chore } from '../platform/jobs/index.js';
import { Session } from './session.entity.js';

@Injectable()
export class ExpiredSessions extends Chore {
  readonly name = 'Removing expired sessions';

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<void> {
    return deleteBefore(this.work.repository(Session), 'expiresAt', this.clock.now());
  }
}
