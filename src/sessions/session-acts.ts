import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts } from '../customer-users/index.js';
import { CurrentContext, type Side } from '../platform/context/index.js';
import { DomainError } from '../platform/errors/index.js';
import { Users } from '../users/index.js';
import type { TokensView } from './sessions.dto.js';
import { RefreshRefused } from './sessions.errors.js';
import { Sessions } from './sessions.service.js';

/** What one does with a session that goes on. */
@Injectable()
export class SessionActs {
  constructor(
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly accounts: CustomerUserAccounts,
    private readonly context: CurrentContext,
  ) {}

  async refresh(side: Side, refreshToken: string): Promise<TokensView> {
    const { session, tokens } = await this.sessions.refresh(side, refreshToken);
    const { userId, customerUserId } = session;
    const standing = userId === null ? await this.accounts.standing(customerUserId ?? 0) : await this.users.standing(userId);
    if (standing && 'principal' in standing) return tokens;
    await this.sessions.end(session.id);
    throw new RefreshRefused();
  }

  async logout(): Promise<void> {
    const { sessionId } = this.context.principal();
    if (sessionId === undefined)
      throw new DomainError('conflict', 'auth.no_session', 'An application has no session to log out of; revoke its token instead.');
    await this.sessions.end(sessionId);
  }
}
