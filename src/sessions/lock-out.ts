import { Injectable } from '@nestjs/common';
import { LoginAttempts } from '../audit/index.js';
import { Settings, settings } from '../organizations/index.js';
import { Clock, MINUTE, SECOND } from '../platform/clock/index.js';
import type { Side } from '../platform/context/index.js';

/**
 * Locks an email address out after too many failures. What is counted is what was typed, whether such an account exists or not, so
 * that being locked out says nothing about that.
 */
@Injectable()
export class LockOut {
  constructor(
    private readonly attempts: LoginAttempts,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** The seconds that the address is still locked out for; 0 when it is not. */
  async secondsLeft(side: Side, email: string): Promise<number> {
    const wanted = [settings.lockoutAttempts, settings.lockoutWindow, settings.lockoutDuration] as const;
    const [most, windowMinutes, lockMinutes] = await this.settings.getAll(wanted, {});
    const since = this.clock.in(-(windowMinutes + lockMinutes) * MINUTE);
    const failures = await this.attempts.failures(side, email, most, since);
    const [newest, oldest] = [failures[0], failures.at(-1)];
    if (failures.length < most || !newest || !oldest) return 0;
    if (newest.getTime() - oldest.getTime() > windowMinutes * MINUTE) return 0;
    const left = newest.getTime() + lockMinutes * MINUTE - this.clock.now().getTime();
    return Math.max(0, Math.ceil(left / SECOND));
  }
}
