import { Injectable } from '@nestjs/common';
import { Organizations, Settings, settings } from '../../organizations/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';

/** The accounts of an email address. */
@Injectable()
export class EmailAccounts {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly organizations: Organizations,
    private readonly settings: Settings,
  ) {}

  /** The organizations whose accounts are meant: one where a website is named, else all. */
  async organizationsOf(organizationId: number | undefined): Promise<number[]> {
    return organizationId === undefined ? this.organizations.ids() : [organizationId];
  }

  /**
   * Who could mean himself by an email address, in the case that each organization's setting makes of it: at most one an organization,
   * and after them guests. Costs the same whether there is anybody or not.
   */
  async find(email: string, organizationIds: readonly number[]): Promise<CustomerUser[]> {
    const anyCase = await this.settings.byOrganization(settings.caseInsensitiveEmail, organizationIds);
    const keys = new Map(organizationIds.map((id) => [id, anyCase.get(id) === false ? email : email.toLowerCase()]));
    const found = await this.people.findByEmail(email, keys);
    return found.filter(({ guest, organizationId, uniqueEmail }) => guest || uniqueEmail === keys.get(organizationId));
  }
}
