import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts, customerUserSubjects } from '../customer-users/index.js';
import { Clock } from '../platform/clock/index.js';
import type { Principal } from '../platform/context/index.js';
import { Memory, subject } from '../platform/revisions/index.js';
import { Users, userSubjects } from '../users/index.js';
import type { SessionClaims } from './session-tokens.js';
import { Sessions } from './sessions.service.js';

interface Remembered {
  readonly expiresAt: Date;
  /** `undefined` while the person may not act. */
  readonly principal: Principal | undefined;
}

/** Whether a session goes on, and for whom: asked with every request, and read again only when something of it has changed. */
@Injectable()
export class SessionStanding {
  constructor(
    private readonly memory: Memory,
    private readonly sessions: Sessions,
    private readonly users: Users,
    private readonly accounts: CustomerUserAccounts,
    private readonly clock: Clock,
  ) {}

  /** `undefined` when the session has ended. */
  async of({ sid, sub }: Pick<SessionClaims, 'sid' | 'sub'>): Promise<Remembered | undefined> {
    const [, kind, id] = /^(user|customer-user):(\d+)$/.exec(sub) ?? [];
    if (kind === undefined) return undefined;
    const holder = kind === 'user' ? userSubjects(Number(id)) : customerUserSubjects(Number(id));
    const found = await this.memory.recall(`session ${sid} ${sub}`, [subject('session', sid), ...holder], () => this.read(sid));
    return found && found.expiresAt > this.clock.now() ? found : undefined;
  }

  private async read(sid: number): Promise<Remembered | undefined> {
    const session = await this.sessions.find(sid);
    if (!session) return undefined;
    const { userId, customerUserId, expiresAt } = session;
    const standing = userId === null ? await this.accounts.standing(customerUserId ?? 0) : await this.users.standing(userId);
    return { expiresAt, principal: standing && 'principal' in standing ? { ...standing.principal, sessionId: sid } : undefined };
  }
}
