import { Injectable } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { Localizations, PasswordRules, Websites } from '../organizations/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { CustomerUserRoles } from '../roles/index.js';
import { Users } from '../users/index.js';
import type { CustomerUserMembers } from './customer-users.dto.js';
import { rolesMissing } from './customer-users.errors.js';

/** What a draft or change refers to, as it will be once the defaults are in. */
export interface Referring {
  organizationId: number;
  customerId: number | undefined;
  ownerId: number | null;
  websiteId: number;
  preferredLocalizationId: number | null;
  salesRepresentativeIds: readonly number[];
  roleIds: readonly number[];
  enabled: boolean;
}

/** Refuses what a customer user may not refer to: all broken rules in one answer. */
@Injectable()
export class References {
  constructor(
    private readonly customers: Customers,
    private readonly users: Users,
    private readonly websites: Websites,
    private readonly localizations: Localizations,
    private readonly roles: CustomerUserRoles,
    private readonly passwordRules: PasswordRules,
  ) {}

  /** Throws `InvalidInput` with a fault for each member of `given` that breaks a rule. */
  async refuseBroken(target: Referring, given: Partial<CustomerUserMembers>, more: readonly MemberFault[] = []): Promise<void> {
    const faults = [
      ...more,
      ...(await this.customerFaults(target, given)),
      ...(await this.peopleFaults(target, given)),
      ...(await this.websiteFaults(target, given)),
      ...(await this.roleFaults(target)),
      ...(given.password === undefined ? [] : await this.passwordRules.faults(given.password, target)),
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  private async customerFaults({ organizationId }: Referring, { customerId }: Partial<CustomerUserMembers>): Promise<MemberFault[]> {
    if (customerId === undefined || (await this.customers.findReached(customerId, organizationId))) return [];
    return [{ pointer: '/customerId', code: 'customer_users.customer_unknown', detail: 'There is no such customer.' }];
  }

  private async peopleFaults({ organizationId }: Referring, { ownerId, salesRepresentativeIds = [] }: Partial<CustomerUserMembers>) {
    const faults: MemberFault[] = [];
    const known = await this.users.known([...salesRepresentativeIds, ...(ownerId == null ? [] : [ownerId])], organizationId);
    if (ownerId != null && !known.has(ownerId))
      faults.push({ pointer: '/ownerId', code: 'customer_users.owner_unknown', detail: 'There is no such user.' });
    for (const [index, id] of salesRepresentativeIds.entries()) {
      if (known.has(id)) continue;
      const pointer = `/salesRepresentativeIds/${index}`;
      faults.push({ pointer, code: 'customer_users.sales_representative_unknown', detail: `There is no user ${id}.` });
    }
    return faults;
  }

  private async websiteFaults(target: Referring, given: Partial<CustomerUserMembers>): Promise<MemberFault[]> {
    const website = await this.websites.find(target.websiteId, target.organizationId);
    if (!website) return [{ pointer: '/websiteId', code: 'customer_users.website_unknown', detail: 'There is no such website.' }];
    if (given.preferredLocalizationId == null) return [];
    const { preferredLocalizationId: id } = given;
    const pointer = '/preferredLocalizationId';
    if (!(await this.localizations.find(id, target.organizationId)))
      return [{ pointer, code: 'customer_users.localization_unknown', detail: 'There is no such localization.' }];
    if (website.localizationIds.includes(id)) return [];
    return [{ pointer, code: 'customer_users.localization_not_offered', detail: `${website.name} does not offer this localization.` }];
  }

  private async roleFaults({ organizationId, customerId, roleIds, enabled }: Referring): Promise<MemberFault[]> {
    if (roleIds.length === 0) return enabled ? [rolesMissing] : [];
    const known = new Map((await this.roles.findAll(organizationId, roleIds)).map((role) => [role.id, role]));
    return roleIds.flatMap((id, index): MemberFault[] => {
      const role = known.get(id);
      const pointer = `/roleIds/${index}`;
      if (!role) return [{ pointer, code: 'customer_users.role_unknown', detail: `There is no role ${id}.` }];
      if (role.customerId === null || role.customerId === customerId) return [];
      return [{ pointer, code: 'customer_users.role_of_other_customer', detail: `The role ${role.label} belongs to another customer.` }];
    });
  }
}
