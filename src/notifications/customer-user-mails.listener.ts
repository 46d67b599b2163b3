import { Injectable } from '@nestjs/common';
import {
  AccountLinks,
  CustomerUserAccounts,
  CustomerUserConfirmationRequested,
  CustomerUserEmailChangeAgreed,
  CustomerUserEmailChanged,
  CustomerUserEmailChangeRequested,
  CustomerUserInvited,
  CustomerUserPasswordForgotten,
  CustomerUserPasswordResetForced,
  CustomerUserRegisteredAgain,
  CustomerUserWelcomed,
} from '../customer-users/index.js';
import { type Setting, Settings, settings, Websites } from '../organizations/index.js';
import { ListensTo } from '../platform/events/index.js';
import { Outbox } from './outbox.js';
import type { PersonalTemplateName, TemplateContexts } from './template-contexts.js';

type Recipient = NonNullable<Awaited<ReturnType<CustomerUserAccounts['addressOf']>>>;

/** What a template knows beside the person himself. */
type Rest<N extends PersonalTemplateName> = Omit<TemplateContexts[N], 'firstName' | 'email' | 'websiteName'>;

/** Sends customer users what concerns their accounts: welcomes, links, warnings. */
@Injectable()
export class CustomerUserMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly accounts: CustomerUserAccounts,
    private readonly websites: Websites,
    private readonly settings: Settings,
    private readonly links: AccountLinks,
  ) {}

  @ListensTo(CustomerUserInvited)
  async invited({ customerUserId, setPasswordToken }: CustomerUserInvited): Promise<void> {
    await this.write(customerUserId, 'customer_user_welcome_email_registered_by_admin', (to) =>
      this.linked('set-password', setPasswordToken, settings.setPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserWelcomed)
  async welcomed({ customerUserId, occasion }: CustomerUserWelcomed): Promise<void> {
    await this.write(customerUserId, 'customer_user_welcome_email', async (to) => ({
      link: await this.links.toLogin(to),
      confirmed: occasion === 'confirmed',
    }));
  }

  @ListensTo(CustomerUserConfirmationRequested)
  async confirmationRequested({ customerUserId, token }: CustomerUserConfirmationRequested): Promise<void> {
    await this.write(customerUserId, 'customer_user_confirmation_email', (to) =>
      this.linked('confirm', token, settings.confirmEmailHours, to),
    );
  }

  @ListensTo(CustomerUserPasswordForgotten)
  async passwordForgotten({ customerUserId, token }: CustomerUserPasswordForgotten): Promise<void> {
    await this.write(customerUserId, 'customer_user_reset_password', (to) =>
      this.linked('set-password', token, settings.resetPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserPasswordResetForced)
  async passwordResetForced({ customerUserId, token }: CustomerUserPasswordResetForced): Promise<void> {
    await this.write(customerUserId, 'customer_user_force_reset_password', (to) =>
      this.linked('set-password', token, settings.resetPasswordHours, to),
    );
  }

  @ListensTo(CustomerUserRegisteredAgain)
  async registeredAgain({ customerUserId }: CustomerUserRegisteredAgain): Promise<void> {
    await this.write(customerUserId, 'not_unique_customer_user_email', async (to) => ({
      link: await this.links.toLogin(to),
    }));
  }

  @ListensTo(CustomerUserEmailChangeRequested)
  async emailChangeRequested({ customerUserId, newEmail, token }: CustomerUserEmailChangeRequested): Promise<void> {
    await this.write(customerUserId, 'customer_user_email_change_request', async (to) => ({
      newEmail,
      ...(await this.linked('change-email', token, settings.changeEmailHours, to)),
    }));
  }

  @ListensTo(CustomerUserEmailChangeAgreed)
  async emailChangeAgreed({ customerUserId, newEmail, token }: CustomerUserEmailChangeAgreed): Promise<void> {
    const rest = (to: Recipient) => this.linked('change-email', token, settings.changeEmailHours, to);
    await this.write(customerUserId, 'customer_user_email_change_confirmation', rest, newEmail);
  }

  @ListensTo(CustomerUserEmailChanged)
  async emailChanged({ customerUserId, oldEmail, newEmail }: CustomerUserEmailChanged): Promise<void> {
    await this.write(customerUserId, 'customer_user_email_changed', () => Promise.resolve({ newEmail }), oldEmail);
  }

  private async linked(page: Parameters<AccountLinks['to']>[0], token: string, hours: Setting<number>, to: Recipient) {
    return { link: await this.links.to(page, token, to), validHours: await this.settings.get(hours, to) };
  }

  /** To his present address where no other is named. */
  private async write<N extends PersonalTemplateName>(
    customerUserId: number,
    template: N,
    restFor: (to: Recipient) => Promise<Rest<N>>,
    address?: string,
  ): Promise<void> {
    const person = await this.accounts.addressOf(customerUserId);
    if (!person) return;
    const to = { ...person, address: address ?? person.address };
    const { firstName, address: email, organizationId, websiteId } = to;
    const website = await this.websites.find(websiteId, organizationId);
    const known = { firstName, email, websiteName: website?.name ?? '' };
    const context = { ...known, ...(await restFor(to)) } as unknown as TemplateContexts[N];
    await this.outbox.queue({ template, organizationId, websiteId, to, customerUserId, context });
  }
}
