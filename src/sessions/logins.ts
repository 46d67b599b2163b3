import { Injectable } from '@nestjs/common';
import { type Credentials, CustomerUserAccounts, PasswordLoginOff } from '../customer-users/index.js';
import { Websites } from '../organizations/index.js';
import type { Side } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { Users } from '../users/index.js';
import { Entry } from './entry.js';
import { Gate, type Known } from './gate.js';
import type { LoginRequest, StorefrontLoginRequest, StorefrontLoginView, TokensView } from './sessions.dto.js';
import { CredentialsWrong } from './sessions.errors.js';
import { Sessions } from './sessions.service.js';

/** Logins with email and password: each is written to the log of attempts, and all that fail get one and the same answer. */
@Injectable()
export class Logins {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: Users,
    private readonly accounts: CustomerUserAccounts,
    private readonly websites: Websites,
    private readonly gate: Gate,
    private readonly entry: Entry,
    private readonly sessions: Sessions,
  ) {}

  async admin({ email, password }: LoginRequest): Promise<TokensView> {
    const found = await this.gate.check('backend', email, password, async () => {
      const one = await this.users.credentials(email);
      return { found: one ? [one] : [], tries: 1 };
    });
    const standing = await this.users.standing(found.id);
    if (!standing || 'blocked' in standing) return this.refuse('backend', email, standing?.blocked ?? 'unknown', found);
    const letIn = await this.letIn(async () => {
      if (!(await this.users.recordLogin({ id: found.id, email, passwordHash: found.passwordHash ?? '' }))) return undefined;
      await this.gate.passed('backend', email, found);
      return this.sessions.start({ userId: found.id });
    });
    return letIn ?? this.refuse('backend', email, 'credentials_changed', found);
  }

  async storefront({ email, password, websiteId }: StorefrontLoginRequest): Promise<StorefrontLoginView> {
    const website = websiteId === undefined ? undefined : await this.websites.visited(websiteId);
    const holder = website ? { organizationId: website.organizationId, websiteId: website.id } : {};
    if (!(await this.accounts.takesPasswords(holder))) {
      await this.gate.refused('storefront', email, PASSWORDS_OFF);
      throw new PasswordLoginOff();
    }
    const find = () => this.accounts.credentials(email, website?.organizationId);
    const found = await this.gate.check('storefront', email, password, find);
    const blocked = found.obstacle ?? (await this.obstacleBeyond(found));
    if (blocked) return this.refuse('storefront', email, blocked, found);
    const letIn = await this.letIn(async () => {
      const session = await this.entry.open(found);
      if (session) await this.gate.passed('storefront', email, found);
      return session;
    });
    return letIn ?? this.refuse('storefront', email, 'credentials_changed', found);
  }

  /** What keeps somebody out who showed the right password and has nothing against himself. */
  private async obstacleBeyond({ id, organizationId, websiteId }: Credentials): Promise<string | undefined> {
    if (!(await this.accounts.takesPasswords({ organizationId, websiteId }))) return PASSWORDS_OFF;
    const standing = await this.accounts.standing(id);
    return standing && 'principal' in standing ? undefined : (standing?.blocked ?? 'unknown');
  }

  private async refuse(side: Side, email: string, reason: string, found: Known): Promise<never> {
    await this.gate.failed(side, email, reason, found);
    throw new CredentialsWrong();
  }

  /** Who is deleted between the check and the session is answered as one who was never there. */
  private letIn<T>(act: () => Promise<T>): Promise<T> {
    return this.work.run(act).catch((error: unknown) => {
      throw isBrokenReference(error) ? new CredentialsWrong() : error;
    });
  }
}

const PASSWORDS_OFF = 'password_login_off';
