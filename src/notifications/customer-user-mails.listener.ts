import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts, CustomerUserInvited } from '../customer-users/index.js';
import { Settings, settings, Websites } from '../organizations/index.js';
import { HttpSettings } from '../platform/config/index.js';
import { ListensTo } from '../platform/events/index.js';
import { Outbox } from './outbox.js';

/** Sends customer users the links with which they set their passwords. */
@Injectable()
export class CustomerUserMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly accounts: CustomerUserAccounts,
    private readonly websites: Websites,
    private readonly settings: Settings,
    private readonly http: HttpSettings,
  ) {}

  @ListensTo(CustomerUserInvited)
  async invited({ customerUserId, setPasswordToken }: CustomerUserInvited): Promise<void> {
    const to = await this.accounts.addressOf(customerUserId);
    if (!to) return;
    const { firstName, address: email, organizationId, websiteId } = to;
    const website = await this.websites.find(websiteId, organizationId);
    const [page, validHours] = await this.settings.getAll([settings.setPasswordLink, settings.setPasswordHours] as const, to);
    const link = this.linkTo(page, setPasswordToken);
    const template = 'customer_user_welcome_email_registered_by_admin';
    const context = { firstName, email, websiteName: website?.name ?? '', link, validHours };
    await this.outbox.queue({ template, organizationId, websiteId, to, customerUserId, context });
  }

  /** A setting that is no address must not keep the person out: this server's own page does as well. */
  private linkTo(page: string | null, token: string): string {
    const link = new URL(page !== null && URL.canParse(page) ? page : `${this.http.publicUrl}/account/set-password`);
    link.searchParams.set('token', token);
    return link.href;
  }
}
