import { Injectable } from '@nestjs/common';
import { LOCKED_OUT, LoginAttempts, type LoginTry } from '../audit/index.js';
import { CustomerUserAccounts } from '../customer-users/index.js';
import type { Principal, Side } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { Users } from '../users/index.js';
import { LockOut } from './lock-out.js';
import type { LoginRequest, StorefrontLoginView, TokensView } from './sessions.dto.js';
import { CredentialsWrong, LockedOut } from './sessions.errors.js';
import { Sessions } from './sessions.service.js';

interface Found {
  id: number;
  organizationId: number;
  name: string;
  guest?: boolean;
  passwordHash: string | null;
  credentialEpoch?: number;
}

/** What a side knows of those who log in there. */
interface Door {
  side: Side;
  credentials(email: string): Promise<Found | undefined>;
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
    const { principal } = await this.enter(door, request);
    const { id, organizationId, name } = principal;
    return this.letIn(async () => {
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
    const { principal, found } = await this.enter(door, request);
    const { id, organizationId, name } = principal;
    const letIn = await this.letIn(async () => {
      const recorded = await accounts.recordLogin({ id, credentialEpoch: found.credentialEpoch ?? 0 });
      if (!recorded) return undefined;
      await this.attempts.record(succeeded('storefront', request, { customerUserId: id, organizationId, user: name }));
      return { ...(await this.sessions.start({ customerUserId: id })), ...recorded };
    });
    if (letIn) return letIn;
    await this.attempts.record(failed('storefront', request.email, 'credentials_changed', found));
    throw new CredentialsWrong();
  }

  private async enter(door: Door, { email, password }: LoginRequest): Promise<{ principal: Principal; found: Found }> {
    const { side } = door;
    await this.refuseLocked(side, email);
    const found = await door.credentials(email);
    const fits = await this.passwords.fits(password, found?.passwordHash);
    // Once more: of many tries at once, all were let past the first look.
    await this.refuseLocked(side, email);
    const stand = found && fits ? await door.standing(found.id) : undefined;
    if (found && stand && 'principal' in stand) return { principal: stand.principal, found };
    const blocked = stand && 'blocked' in stand ? stand.blocked : undefined;
    await this.attempts.record(failed(side, email, blocked ?? reasonOf(found), found));
    throw new CredentialsWrong();
  }

  /** Who is deleted between the check and the session is answered as one who was never there. */
  private letIn<T>(act: () => Promise<T>): Promise<T> {
    return this.work.run(act).catch((error: unknown) => {
      throw isBrokenReference(error) ? new CredentialsWrong() : error;
    });
  }

  private async refuseLocked(side: Side, email: string): Promise<void> {
    const seconds = await this.lockOut.secondsLeft(side, email);
    if (seconds === 0) return;
    await this.attempts.record(failed(side, email, LOCKED_OUT));
    throw new LockedOut(seconds);
  }
}

function reasonOf(found: Found | undefined): string {
  if (!found) return 'unknown';
  if (found.guest) return 'guest';
  return found.passwordHash === null ? 'password_unset' : 'password_wrong';
}

const failed = (side: Side, username: string, reason: string, found?: Found): LoginTry => ({
  success: false,
  reason,
  source: 'password',
  side,
  username,
  ...(found && { organizationId: found.organizationId, user: found.name, [side === 'backend' ? 'userId' : 'customerUserId']: found.id }),
});

const succeeded = (side: Side, { email }: LoginRequest, known: Partial<LoginTry>): LoginTry => ({
  success: true,
  source: 'password',
  side,
  username: email,
  ...known,
});
