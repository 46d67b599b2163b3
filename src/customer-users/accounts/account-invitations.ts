import { Injectable } from '@nestjs/common';
import { Events } from '../../platform/events/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import {
  CustomerUserConfirmationRequested,
  CustomerUserInvited,
  CustomerUserPasswordForgotten,
  CustomerUserPasswordResetForced,
  CustomerUserWelcomed,
} from '../customer-users.events.js';
import { LinkTokens } from './link-tokens.js';

/** Asks people by mail to do something with their account: each makes the link and tells of it, in the open unit of work. */
@Injectable()
export class AccountInvitations {
  constructor(
    private readonly links: LinkTokens,
    private readonly events: Events,
  ) {}

  /** Who was made by somebody else: to set his password; who is not confirmed, to prove his address first. */
  toBegin(person: CustomerUser): Promise<void> {
    return person.confirmed ? this.toSetPassword(person) : this.toConfirm(person);
  }

  /** {@link toBegin} for many, in few statements. */
  async toBeginAll(people: readonly CustomerUser[]): Promise<void> {
    const confirmed = people.filter((person) => person.confirmed);
    const passwords = await this.links.issueAll(confirmed, 'set-password');
    await this.events.recordAll(
      confirmed.map(({ id, organizationId }, i) => new CustomerUserInvited(id, organizationId, passwords[i] ?? '')),
    );
    const others = people.filter((person) => !person.confirmed);
    const proofs = await this.links.issueAll(others, 'confirm-email');
    await this.events.recordAll(
      others.map(({ id, organizationId }, i) => new CustomerUserConfirmationRequested(id, organizationId, proofs[i] ?? '')),
    );
  }

  /** To set the first password. */
  async toSetPassword(person: CustomerUser): Promise<void> {
    const token = await this.links.issue(person, 'set-password');
    await this.events.record(new CustomerUserInvited(person.id, person.organizationId, token));
  }

  /** To prove his email address. */
  async toConfirm(person: CustomerUser): Promise<void> {
    const token = await this.links.issue(person, 'confirm-email');
    await this.events.record(new CustomerUserConfirmationRequested(person.id, person.organizationId, token));
  }

  /** To log in, now that his account is open; without a password, to set one first. */
  async toLogIn(person: CustomerUser, occasion: CustomerUserWelcomed['occasion']): Promise<void> {
    if (person.passwordHash === null) return this.toSetPassword(person);
    await this.events.record(new CustomerUserWelcomed(person.id, person.organizationId, occasion));
  }

  /** To set a new password in place of one that he forgot. */
  async toReplaceForgotten(person: CustomerUser): Promise<void> {
    const token = await this.links.issue(person, 'reset-password');
    await this.events.record(new CustomerUserPasswordForgotten(person.id, person.organizationId, token));
  }

  /** To set a new password, because an admin demands it. */
  async toReplaceReset(person: CustomerUser): Promise<void> {
    const token = await this.links.issue(person, 'reset-password');
    await this.events.record(new CustomerUserPasswordResetForced(person.id, person.organizationId, token));
  }
}
