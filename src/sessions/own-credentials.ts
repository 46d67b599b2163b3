import { Injectable } from '@nestjs/common';
import { type Credentials, CustomerUserAccounts, EmailChanges, OwnPasswords, PasswordLoginOff } from '../customer-users/index.js';
import { PasswordRules } from '../organizations/index.js';
import { TokenRefused } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { Gate } from './gate.js';
import type { EmailChangeRequest, EmailChangeRequestView, PasswordChange, TokensView } from './sessions.dto.js';
import { Sessions } from './sessions.service.js';

/** What a customer user who is logged in changes of how he logs in. He shows his password again: a session may have been left open. */
@Injectable()
export class OwnCredentials {
  constructor(
    private readonly accounts: CustomerUserAccounts,
    private readonly passwords: OwnPasswords,
    private readonly emailChanges: EmailChanges,
    private readonly rules: PasswordRules,
    private readonly gate: Gate,
    private readonly sessions: Sessions,
    private readonly context: CurrentContext,
  ) {}

  /** Ends every session and link of his; he goes on with the session that is answered. */
  async changePassword({ currentPassword, newPassword }: PasswordChange): Promise<TokensView> {
    const { organizationId, websiteId } = await this.own();
    const faults = await this.rules.faults(newPassword, { organizationId, websiteId }, '/newPassword');
    const own = await this.prove(currentPassword, faults);
    if (faults.length > 0) throw new InvalidInput(faults);
    return this.passwords.change(own, newPassword, () => this.sessions.start({ customerUserId: own.id }));
  }

  async changeEmail({ email, currentPassword }: EmailChangeRequest): Promise<EmailChangeRequestView> {
    const own = await this.prove(currentPassword);
    const session = await this.emailChanges.request(own, email, () => this.sessions.start({ customerUserId: own.id }));
    return { status: session ? 'changed' : 'pending', pendingEmail: session ? null : email, session: session ?? null };
  }

  /** A wrong password counts as a failed login. */
  private async prove(password: string, more: readonly MemberFault[] = []): Promise<Credentials> {
    const own = await this.own();
    const { organizationId, websiteId, email } = own;
    if (!(await this.accounts.takesPasswords({ organizationId, websiteId }))) throw new PasswordLoginOff();
    const wrong = () => new InvalidInput([CURRENT_WRONG, ...more]);
    return this.gate.check('storefront', email, password, () => Promise.resolve({ found: [own], tries: 1 }), wrong);
  }

  private async own(): Promise<Credentials> {
    const own = await this.accounts.credentialsOf(this.context.principal().id);
    if (!own) throw new TokenRefused('auth.session_ended', 'The session has ended.');
    return own;
  }
}

export const CURRENT_WRONG = {
  pointer: '/currentPassword',
  code: 'passwords.current_wrong',
  detail: 'This is not the password of the account.',
};
