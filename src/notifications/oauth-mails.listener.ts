import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts } from '../customer-users/index.js';
import { OAuthApplicationCreated } from '../oauth/index.js';
import { Websites } from '../organizations/index.js';
import { ListensTo } from '../platform/events/index.js';
import { Users } from '../users/index.js';
import { Outbox } from './outbox.js';

/** Tells people of the applications that can act for them. */
@Injectable()
export class OAuthMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly accounts: CustomerUserAccounts,
    private readonly users: Users,
    private readonly websites: Websites,
  ) {}

  @ListensTo(OAuthApplicationCreated)
  async created({ application, at, by }: OAuthApplicationCreated): Promise<void> {
    const { ownerType, ownerId, organizationId, name: applicationName, clientId } = application;
    const facts = { applicationName, clientId, createdBy: by, createdAt: at.toISOString() };
    await (ownerType === 'user' ? this.tellUser(ownerId, organizationId, facts) : this.tellCustomerUser(ownerId, facts));
  }

  private async tellUser(userId: number, organizationId: number, facts: Facts): Promise<void> {
    const to = await this.users.addressOf(userId);
    if (!to) return;
    const context = { ...facts, name: to.name };
    await this.outbox.queue({ template: 'user_oauth_application_created', organizationId, to, userId, context });
  }

  private async tellCustomerUser(customerUserId: number, facts: Facts): Promise<void> {
    const to = await this.accounts.addressOf(customerUserId);
    if (!to) return;
    const { organizationId, websiteId, firstName } = to;
    const website = await this.websites.find(websiteId, organizationId);
    const context = { ...facts, firstName, websiteName: website?.name ?? '' };
    await this.outbox.queue({
      template: 'customer_user_oauth_application_created',
      organizationId,
      websiteId,
      to,
      customerUserId,
      context,
    });
  }
}

interface Facts {
  applicationName: string;
  clientId: string;
  createdBy: string;
  createdAt: string;
}
