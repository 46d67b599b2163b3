import { Injectable } from '@nestjs/common';
import { Events } from '../../platform/events/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUserCredentialsChanged, CustomerUserEmailChanged } from '../customer-users.events.js';
import { LinkTokens } from './link-tokens.js';
import { PendingEmails } from './pending-emails.js';

interface Change {
  readonly before: CustomerUser;
  readonly after: CustomerUser;
}

/** Ends what a customer user opened before his email, password or standing changed. Part of every change. */
@Injectable()
export class CredentialChanges {
  constructor(
    private readonly links: LinkTokens,
    private readonly pendingEmails: PendingEmails,
    private readonly events: Events,
  ) {}

  follow(before: CustomerUser, after: CustomerUser): Promise<void> {
    return this.followAll([{ before, after }]);
  }

  /** The same for many people, in few statements. */
  async followAll(changes: readonly Change[]): Promise<void> {
    const deep = changes.filter(({ before, after }) => before.credentialEpoch !== after.credentialEpoch);
    const ids = deep.map(({ after }) => after.id);
    if (ids.length === 0) return;
    const wantedAnother = await this.pendingEmails.endAll(ids);
    await this.links.endAll(ids);
    await this.events.recordAll(ids.map((id) => new CustomerUserCredentialsChanged(id)));
    // They asked for another address and somebody else gave them one: their old ones learn of it.
    const given = deep.filter(({ before, after }) => wantedAnother.has(after.id) && before.email !== after.email);
    await this.events.recordAll(
      given.map(({ before, after }) => new CustomerUserEmailChanged(after.id, after.organizationId, before.email, after.email)),
    );
  }
}
