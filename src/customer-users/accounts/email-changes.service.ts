import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { History } from '../../platform/history/index.js';
import type { WebsitePlace } from './account-links.js';
import { principalOf } from '../acting-person.js';
import { Changing } from '../changing.js';
import type { CustomerUser } from '../customer-user.entity.js';
import {
  CredentialsOutdated,
  CustomerUserMissing,
  EmailTaken,
  EmailUnchanged,
  LinkUnusable,
  NoPendingEmail,
} from '../customer-users.errors.js';
import { CustomerUserEmailChangeAgreed, CustomerUserEmailChanged, CustomerUserEmailChangeRequested } from '../customer-users.events.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { EmailKeys } from '../lists/email-keys.js';
import { LinkTokens } from './link-tokens.js';
import type { Proved } from './own-passwords.js';
import { PendingEmails } from './pending-emails.js';

/** `pending`: links have to be opened first. */
export type EmailChangeStatus = 'pending' | 'changed';

const STEPS = ['change-email', 'prove-new-email'] as const;

/** Gives people another email address: the old one agrees, the new one is proved, the old one is told. */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly changing: Changing,
    private readonly pending: PendingEmails,
    private readonly links: LinkTokens,
    private readonly emailKeys: EmailKeys,
    private readonly settings: Settings,
    private readonly events: Events,
    private readonly history: History,
    private readonly context: CurrentContext,
  ) {}

  /**
   * For the customer user who acts, whose password was checked. Answers what `follow` does, which is part of a change that takes effect at
   * once; `undefined` when links have to be opened first.
   */
  request<T>({ id, credentialEpoch }: Proved, newEmail: string, follow: () => Promise<T>): Promise<T | undefined> {
    return this.work.run(async () => {
      const person = await this.people.lock(id);
      if (person?.credentialEpoch !== credentialEpoch) throw new CredentialsOutdated();
      if (newEmail === person.email) throw new EmailUnchanged();
      await this.refuseTaken(person, newEmail);
      if (!(await this.settings.get(settings.emailChangeVerification, person))) {
        await this.pending.end(id);
        await this.apply(person, newEmail);
        return follow();
      }
      await this.pending.want(person, newEmail);
      const token = await this.links.issue(person, 'change-email');
      await this.events.record(new CustomerUserEmailChangeRequested(id, person.organizationId, newEmail, token));
      await this.history.noted('customer_user', person, 'email_change_requested', { pendingEmail: { old: null, new: newEmail } });
      return undefined;
    });
  }

  /** Whether a mailed link can be used now, and what it would do: `agree` for the old address, `prove` for the new one. */
  async look(token: string): Promise<{ step: 'agree' | 'prove'; newEmail: string } | undefined> {
    const link = await this.links.find(token, ...STEPS);
    const wanted = link && (await this.pending.find(link.customerUserId));
    return wanted && { step: link.purpose === 'change-email' ? 'agree' : 'prove', newEmail: wanted.newEmail };
  }

  /** Takes the step that a mailed link is for. Answers whose website it is. */
  confirm(token: string): Promise<{ status: EmailChangeStatus; place: WebsitePlace }> {
    return this.work.run(async () => {
      const link = await this.links.take(token, ...STEPS);
      const person = link && (await this.people.lock(link.customerUserId));
      const wanted = person && (await this.pending.find(person.id));
      if (!wanted) throw new LinkUnusable();
      await this.refuseTaken(person, wanted.newEmail);
      const agreed = link.purpose === 'change-email';
      const status = await this.context.runAs(principalOf(person), 'link', () => this.step(agreed, person, wanted.newEmail));
      return { status, place: { organizationId: person.organizationId, websiteId: person.websiteId } };
    });
  }

  /** Of the customer user who acts: he wants the other address no more. */
  cancelOwn(): Promise<void> {
    return this.work.run(async () => {
      const person = await this.people.lock(this.context.principal().id);
      if (!person) throw new CustomerUserMissing();
      await this.cancel(person);
    });
  }

  /** Of a customer user whom the caller may edit. */
  cancelOf(id: number): Promise<void> {
    return this.work.run(async () => this.cancel(await this.people.getForChange(id, CustomerUserPermission.edit)));
  }

  /** What a customer user whom the caller sees has asked for. Throws `NotFound`. */
  async getOf(id: number): Promise<{ email: string; requestedAt: Date; expiresAt: Date }> {
    const { id: customerUserId } = await this.people.get(id);
    const wanted = await this.pending.find(customerUserId);
    if (!wanted) throw new NoPendingEmail();
    return { email: wanted.newEmail, requestedAt: wanted.requestedAt, expiresAt: wanted.expiresAt };
  }

  private async step(agreed: boolean, person: CustomerUser, newEmail: string): Promise<EmailChangeStatus> {
    if (agreed && (await this.settings.get(settings.registrationConfirmationRequired, person))) {
      await this.pending.prolong(person);
      const token = await this.links.issue(person, 'prove-new-email');
      await this.events.record(new CustomerUserEmailChangeAgreed(person.id, person.organizationId, newEmail, token));
      return 'pending';
    }
    await this.pending.end(person.id);
    await this.apply(person, newEmail);
    return 'changed';
  }

  private async apply(person: CustomerUser, newEmail: string): Promise<void> {
    const before = await this.changing.recorded(person);
    const keys = await this.emailKeys.of(person.organizationId, newEmail, person.guest);
    Object.assign(person, keys, { credentialEpoch: person.credentialEpoch + 1 });
    await this.changing.save(before, person);
    await this.events.record(new CustomerUserEmailChanged(person.id, person.organizationId, before.email, newEmail));
  }

  private async refuseTaken({ id, organizationId, guest }: CustomerUser, email: string): Promise<void> {
    const { uniqueEmail } = await this.emailKeys.of(organizationId, email, guest);
    const owner = uniqueEmail === null ? undefined : await this.people.findUnique(organizationId, uniqueEmail);
    if (owner && owner.id !== id) throw new EmailTaken();
  }

  private async cancel(person: CustomerUser): Promise<void> {
    const wanted = await this.pending.find(person.id);
    if (!wanted) throw new NoPendingEmail();
    await this.pending.end(person.id);
    await this.history.noted('customer_user', person, 'email_change_cancelled', { pendingEmail: { old: wanted.newEmail, new: null } });
  }
}
