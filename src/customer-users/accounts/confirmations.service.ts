import { Injectable } from '@nestjs/common';
import { Settings, settings } from '../../organizations/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { AccountInvitations } from './account-invitations.js';
import type { WebsitePlace } from './account-links.js';
import { principalOf } from '../acting-person.js';
import { Changing } from '../changing.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { LinkUnusable } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { LinkTokens } from './link-tokens.js';

/** Lets people prove the email address that they registered with. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly changing: Changing,
    private readonly links: LinkTokens,
    private readonly invitations: AccountInvitations,
    private readonly settings: Settings,
    private readonly context: CurrentContext,
  ) {}

  async isOpen(token: string): Promise<boolean> {
    return (await this.links.find(token, 'confirm-email')) !== undefined;
  }

  /** Uses the link up. Answers whose website it is, and who is to be logged in at once, where the website does that. */
  async confirm(token: string): Promise<{ place: WebsitePlace; letIn: number | undefined }> {
    return this.work.run(async () => {
      const link = await this.links.take(token, 'confirm-email');
      const person = link && (await this.people.lock(link.customerUserId));
      if (!person) throw new LinkUnusable();
      if (!person.confirmed) await this.context.runAs(principalOf(person), 'link', () => this.open(person));
      const place = { organizationId: person.organizationId, websiteId: person.websiteId };
      return { place, letIn: (await this.settings.get(settings.registrationAutoLogin, place)) ? person.id : undefined };
    });
  }

  private async open(person: CustomerUser): Promise<void> {
    const before = await this.changing.recorded(person);
    Object.assign(person, { confirmed: true });
    const saved = await this.changing.save(before, person);
    if (saved.enabled) await this.invitations.toLogIn(saved, 'confirmed');
  }
}
