import { Injectable } from '@nestjs/common';
import { PasswordRules } from '../organizations/index.js';
import { InvalidInput } from '../platform/errors/index.js';
import { OwnAccount } from '../users/index.js';
import { Gate } from './gate.js';
import { CURRENT_WRONG } from './own-credentials.js';
import type { PasswordChange, TokensView } from './sessions.dto.js';
import { Sessions } from './sessions.service.js';

/** A console user's own password, which he shows again: a session may have been left open. A wrong one counts as a failed login. */
@Injectable()
export class ConsolePassword {
  constructor(
    private readonly account: OwnAccount,
    private readonly rules: PasswordRules,
    private readonly gate: Gate,
    private readonly sessions: Sessions,
  ) {}

  /** Ends every session of his; he goes on with the session that is answered. */
  async change({ currentPassword, newPassword }: PasswordChange): Promise<TokensView> {
    const own = await this.account.credentials();
    const faults = await this.rules.faults(newPassword, { organizationId: own.organizationId }, '/newPassword');
    const wrong = () => new InvalidInput([CURRENT_WRONG, ...faults]);
    await this.gate.check('backend', own.email, currentPassword, () => Promise.resolve({ found: [own], tries: 1 }), wrong);
    if (faults.length > 0) throw new InvalidInput(faults);
    return this.account.changePassword(own, newPassword, () => this.sessions.start({ userId: own.id }));
  }
}
