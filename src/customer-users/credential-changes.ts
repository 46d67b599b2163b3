import { Injectable } from '@nestjs/common';
import { Events } from '../platform/events/index.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserCredentialsChanged, CustomerUserEmailChanged } from './customer-users.events.js';
import { LinkTokens } from './link-tokens.js';
import { PendingEmails } from './pending-emails.js';

/** Ends what a customer user opened before his email, password or standing changed. Part of every change. */
@Injectable()
export class CredentialChanges {
  constructor(
    private readonly links: LinkTokens,
    private readonly pendingEmails: PendingEmails,
    private readonly events: Events,
  ) {}

  async follow(before: CustomerUser, { id, organizationId, email, credentialEpoch }: CustomerUser): Promise<void> {
    if (before.credentialEpoch === credentialEpoch) return;
    const wantedAnother = await this.pendingEmails.end(id);
    await this.links.end(id);
    await this.events.record(new CustomerUserCredentialsChanged(id));
    // He asked for another address and somebody else gave him one: his old one learns of it.
    if (wantedAnother && before.email !== email)
      await this.events.record(new CustomerUserEmailChanged(id, organizationId, before.email, email));
  }
}
