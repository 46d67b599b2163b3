import { Injectable } from '@nestjs/common';
import { AddressBooks } from '../../customers/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { type DataSubject, PersonalData } from '../../platform/personal-data/index.js';
import { CustomerUserViews } from '../customer-user-views.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { LinkToken } from '../accounts/link-token.entity.js';
import { LinkTokens } from '../accounts/link-tokens.js';
import { PendingEmails } from '../accounts/pending-emails.js';
import { RegistrationWarning } from '../accounts/registration-warning.entity.js';

/** The record of a customer user with his custom fields and addresses. It is erased last, by who erases him. */
@Injectable()
export class ProfileData extends PersonalData {
  readonly section = 'profile';
  readonly tables = [
    ...['customer_users', 'customer_user_words', 'customer_user_email_blocks', 'customer_user_unpacked_emails', 'addresses'],
    ...['customer_user_role_assignments', 'customer_user_sales_representatives'],
  ];

  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly books: AddressBooks,
  ) {
    super();
  }

  async collect({ customerUserId }: DataSubject): Promise<unknown> {
    const person = await this.people.find(customerUserId);
    const books = await this.books.entriesOf('customer_user', [customerUserId]);
    return person && { ...(await this.views.of(person)), addresses: books.get(customerUserId) ?? [] };
  }

  erase(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is under way with his account. */
@Injectable()
export class AccountData extends PersonalData {
  readonly section = 'account';
  readonly tables = ['email_changes', 'link_tokens', 'registration_warnings'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly pendingEmails: PendingEmails,
    private readonly links: LinkTokens,
  ) {
    super();
  }

  async collect({ customerUserId }: DataSubject): Promise<unknown> {
    const pending = await this.pendingEmails.find(customerUserId);
    const links = await this.work.repository(LinkToken).find({ where: { customerUserId }, order: { createdAt: 'ASC' } });
    const warning = await this.warnings.findOneBy({ customerUserId });
    return {
      pendingEmail: pending ? { email: pending.newEmail, requestedAt: pending.requestedAt, expiresAt: pending.expiresAt } : null,
      openLinks: links.map(({ purpose, createdAt, expiresAt }) => ({ purpose, createdAt, expiresAt })),
      registrationWarningAt: warning?.warnedAt ?? null,
    };
  }

  async erase({ customerUserId }: DataSubject): Promise<void> {
    await this.pendingEmails.end(customerUserId);
    await this.links.end(customerUserId);
    await this.warnings.delete({ customerUserId });
  }

  private get warnings() {
    return this.work.repository(RegistrationWarning);
  }
}
