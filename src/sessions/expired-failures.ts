import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../organizations/index.js';
import { Clock, MINUTE } from '../platform/clock/index.js';
import { deleteBefore, UnitOfWork } from '../platform/database/index.js';
import { Chore } from '../platform/jobs/index.js';
import { LoginFailure } from './login-failure.entity.js';

@Injectable()
export class ExpiredFailures extends Chore {
  readonly name = 'Removing login failures that weigh nothing any more';

  constructor(
    private readonly work: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const [window, lock] = await this.settings.getAll([settings.lockoutWindow, settings.lockoutDuration] as const, {});
    await deleteBefore(this.work.repository(LoginFailure), 'at', this.clock.in(-(window + lock) * MINUTE));
  }
}
