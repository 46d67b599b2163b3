import { Injectable } from '@nestjs/common';
import { LOCKED_OUT, LoginAttempts, type LoginTry } from '../audit/index.js';
import type { Side } from '../platform/context/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { LockOut } from './lock-out.js';
import { CredentialsWrong, LockedOut } from './sessions.errors.js';

/** Somebody whom an email address could mean, and what he proves that with. */
export interface Claimed {
  id: number;
  organizationId: number;
  name: string;
  guest?: boolean;
  passwordHash: string | null;
}

export type Known = Pick<Claimed, 'id' | 'organizationId' | 'name'>;

/** Checks passwords: counts failures, locks out, and writes everything to the log of attempts. */
@Injectable()
export class Gate {
  constructor(
    private readonly passwords: Passwords,
    private readonly attempts: LoginAttempts,
    private readonly lockOut: LockOut,
  ) {}

  /**
   * Who of those found has the password. As many passwords are checked as `tries` says, however many were found. Throws `LockedOut`, or
   * what `refusal` makes.
   */
  async check<C extends Claimed>(
    side: Side,
    email: string,
    password: string,
    find: () => Promise<{ found: readonly C[]; tries: number }>,
    refusal: () => Error = () => new CredentialsWrong(),
  ): Promise<C> {
    await this.refuseLocked(side, email);
    const { found, tries } = await find();
    const hashes = Array.from({ length: tries }, (_, index) => found[index]?.passwordHash);
    const fits = await Promise.all(hashes.map((hash) => this.passwords.fits(password, hash)));
    // Once more: of many tries at once, all were let past the first look.
    await this.refuseLocked(side, email);
    const fitting = found[fits.indexOf(true)];
    if (fitting) return fitting;
    await this.failed(side, email, reasonOf(found[0]), found[0]);
    throw refusal();
  }

  /** It counts towards a lock-out. */
  async failed(side: Side, email: string, reason: string, known?: Known): Promise<void> {
    await this.lockOut.failed(side, email);
    await this.refused(side, email, reason, known);
  }

  /** It does not. */
  async refused(side: Side, email: string, reason: string, known?: Known): Promise<void> {
    await this.attempts.record(attemptOf(side, email, { success: false, reason }, known));
  }

  async passed(side: Side, email: string, known: Known): Promise<void> {
    await this.lockOut.succeeded(side, email);
    await this.attempts.record(attemptOf(side, email, { success: true }, known));
  }

  private async refuseLocked(side: Side, email: string): Promise<void> {
    const seconds = await this.lockOut.secondsLeft(side, email);
    if (seconds === 0) return;
    await this.refused(side, email, LOCKED_OUT);
    throw new LockedOut(seconds);
  }
}

function reasonOf(found: Claimed | undefined): string {
  if (!found) return 'unknown';
  if (found.guest) return 'guest';
  return found.passwordHash === null ? 'password_unset' : 'password_wrong';
}

const attemptOf = (side: Side, username: string, outcome: Pick<LoginTry, 'success' | 'reason'>, known?: Known): LoginTry => ({
  ...outcome,
  source: 'password',
  side,
  username,
  ...(known && { organizationId: known.organizationId, user: known.name, [side === 'backend' ? 'userId' : 'customerUserId']: known.id }),
});
