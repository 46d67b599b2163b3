import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts } from '../customer-users/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Gate } from './gate.js';
import type { StorefrontLoginView } from './sessions.dto.js';
import { Sessions } from './sessions.service.js';

/** Opens sessions for customer users who have proved who they are. */
@Injectable()
export class Entry {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: CustomerUserAccounts,
    private readonly sessions: Sessions,
    private readonly gate: Gate,
  ) {}

  /** `undefined` when what he proved himself with has changed since. In the open unit of work. */
  async open({ id, credentialEpoch }: { id: number; credentialEpoch: number }): Promise<StorefrontLoginView | undefined> {
    const recorded = await this.accounts.recordLogin({ id, credentialEpoch });
    return recorded && { ...(await this.sessions.start({ customerUserId: id })), ...recorded };
  }

  /** For who has registered, confirmed that, or changed his password or address just now; null when he may not act. */
  async letIn(id: number): Promise<StorefrontLoginView | null> {
    const [standing, credentials] = [await this.accounts.standing(id), await this.accounts.credentialsOf(id)];
    if (!credentials || !standing || 'blocked' in standing) return null;
    return this.work.run(async () => {
      const session = await this.open({ id, credentialEpoch: standing.credentialEpoch });
      if (session) await this.gate.passed('storefront', credentials.email, credentials);
      return session ?? null;
    });
  }
}
