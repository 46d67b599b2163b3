import { Injectable } from '@nestjs/common';
import { LOCKED_OUT, LoginAttempts, type LoginTry } from '../audit/index.js';
import { CustomerUserAccounts } from '../customer-users/index.js';
import type { Principal, Side } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { Users } from '../users/index.js';
import { LockOut } from './lock-out.js';
import type { LoginRequest, StorefrontLoginView, TokensView } from './sessions.dto.js';
import { CredentialsWrong, LockedOut } from './sessions.errors.js';
import { Sessions } from './sessions.service.js';

/** What a side knows of those who log in there. */
interface Door {
  side: Side;
  credentials(email: string): Promise<{ id: number; passwordHash: string | null } | undefined>;
  standing(id: number): Promise<{ principal: Principal } | { blocked: string } | undefined>;
}

/** Logins with email and password: each is written to the log of attempts, and all that fail get one and the same answer. */
@Injectable()
export class Logins {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly accounts: CustomerUserAccounts,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly attempts: LoginAttempts,
    private readonly lockOut: LockOut,
  ) {}

  async admin(request: LoginRequest): Promise<TokensView> {
    const door: Door = {
      side: 'backend',
      credentials: (email) => this.users.credentials(email),
      standing: (id) => this.users.standing(id),
    };
    const { id, organizationId, name } = await this.enter(door, request);
    return this.work.run(async () => {
      await this.users.recordLogin(id);
      await this.attempts.record(succeeded('backend', request, { userId: id, organizationId, user: name }));
      return this.sessions.start({ userId: id });
    });
  }

  async storefront(request: LoginRequest): Promise<StorefrontLoginView> {
    const { accounts } = this;
    const door: Door = {
      side: 'storefront',
      credentials: (email) => accounts.credentials(email),
      standing: (id) => accounts.standing(id),
    };
    const { id, organizationId, name } = await this.enter(door, request);
    return this.work.run(async () => {
      const redirectUrl = await accounts.recordLogin(id);
      await this.attempts.record(succeeded('storefront', request, { customerUserId: id, organizationId, user: name }));
      return { ...(await this.sessions.start({ customerUserId: id })), redirectUrl: redirectUrl ?? null };
    });
  }

  private async enter(door: Door, { email, password }: LoginRequest): Promise<Principal> {
    const { side } = door;
    const fail = (reason: string, known: Partial<LoginTry> = {}) =>
      this.attempts.record({ success: false, reason, source: 'password', side, username: email, ...known });
    const locked = await this.lockOut.secondsLeft(side, email);
    if (locked > 0) {
      await fail(LOCKED_OUT);
      throw new LockedOut(locked);
    }
    const found = await door.credentials(email);
    const known = found && (side === 'backend' ? { userId: found.id } : { customerUserId: found.id });
    if (!(await this.passwords.fits(password, found?.passwordHash)) || !found) {
      await fail(found ? 'password_wrong' : 'unknown', known);
      throw new CredentialsWrong();
    }
    const stand = await door.standing(found.id);
    if (stand && 'principal' in stand) return stand.principal;
    await fail(stand?.blocked ?? 'unknown', known);
    throw new CredentialsWrong();
  }
}

const succeeded = (side: Side, { email }: LoginRequest, known: Partial<LoginTry>): LoginTry => ({
  success: true,
  source: 'password',
  side,
  username: email,
  ...known,
});
