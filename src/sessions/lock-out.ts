import { Injectable } from '@nestjs/common';
import type { FindOptionsWhere } from 'typeorm';
import { Settings, settings } from '../organizations/index.js';
import { Clock, MINUTE, SECOND } from '../platform/clock/index.js';
import { CurrentContext, type Side } from '../platform/context/index.js';
import { cut, UnitOfWork } from '../platform/database/index.js';
import { LoginFailure } from './login-failure.entity.js';

/**
 * Locks an account out after too many failures, and the address that they come from after many more: that one may be a whole office.
 * What is counted is the email address as typed, whether such an account exists or not, so that being locked out says nothing about
 * that. A success takes back the failures of that account from that address alone: an attacker elsewhere gains nothing by his
 * victim's logins, nor by logins to an account of his own.
 */
@Injectable()
export class LockOut {
  constructor(
    private readonly work: UnitOfWork,
    private readonly settings: Settings,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** The seconds for which nobody gets in from here, or with this email address from anywhere; 0 when it is not locked. */
  async secondsLeft(side: Side, email: string): Promise<number> {
    const wanted = [settings.lockoutAttempts, settings.lockoutAddressAttempts, settings.lockoutWindow, settings.lockoutDuration] as const;
    const [forAccount, forAddress, windowMinutes, lockMinutes] = await this.settings.getAll(wanted, {});
    const times = { window: windowMinutes * MINUTE, lock: lockMinutes * MINUTE };
    const { usernameKey, ip } = this.whose(email);
    const left = [await this.left({ side, usernameKey }, forAccount, times)];
    if (ip !== '') left.push(await this.left({ side, ip }, forAddress, times));
    return Math.max(...left);
  }

  async failed(side: Side, email: string): Promise<void> {
    await this.work.repository(LoginFailure).insert({ side, ...this.whose(email), at: this.clock.now() });
  }

  async succeeded(side: Side, email: string): Promise<void> {
    await this.work.repository(LoginFailure).delete({ side, ...this.whose(email) });
  }

  /** Reads at most `most` rows, all from one index. */
  private async left(where: FindOptionsWhere<LoginFailure>, most: number, { window, lock }: { window: number; lock: number }) {
    const failures = await this.work
      .repository(LoginFailure)
      .find({ select: { id: true, at: true }, where, order: { id: 'DESC' }, take: most });
    const [newest, oldest] = [failures[0]?.at, failures.at(-1)?.at];
    if (failures.length < most || !newest || !oldest || newest.getTime() - oldest.getTime() > window) return 0;
    return Math.max(0, Math.ceil((newest.getTime() + lock - this.clock.now().getTime()) / SECOND));
  }

  private whose(email: string): { usernameKey: string; ip: string } {
    return { usernameKey: cut(email.toLowerCase(), 255), ip: this.context.get().ip ?? '' };
  }
}
