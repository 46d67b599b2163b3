import { Injectable } from '@nestjs/common';
import { Localizations, type NamedView, OrganizationChoice, Websites, type WebsiteView } from '../organizations/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { CustomerUserRoles, RoleCeiling } from '../roles/index.js';
import { Users } from '../users/index.js';
import { customerUnknown, websiteUnknown } from './customer-users.errors.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { Defaults } from './defaults.js';
import type { FormOptionsQuery, FormOptionsView } from './form-options.dto.js';

/** What a form for a customer user has to offer. */
@Injectable()
export class FormOptions {
  constructor(
    private readonly defaults: Defaults,
    private readonly roles: CustomerUserRoles,
    private readonly ceiling: RoleCeiling,
    private readonly users: Users,
    private readonly websites: Websites,
    private readonly localizations: Localizations,
    private readonly choice: OrganizationChoice,
  ) {}

  /** Throws `InvalidInput` for a customer or website that the caller could not choose. */
  async of({ customerId, websiteId, organizationId: wanted }: FormOptionsQuery): Promise<FormOptionsView> {
    const organizationId = await this.choice.choose(CustomerUserPermission.view, wanted);
    const { customer, ...defaults } = await this.defaults.of({ organizationId, customerId, websiteId });
    const websites = await this.websites.ofOrganization(organizationId);
    refuse([
      ...(customerId !== undefined && !customer ? [customerUnknown] : []),
      ...(websiteId !== undefined && websiteId !== defaults.websiteId ? [websiteUnknown] : []),
    ]);
    const people = await this.users.choosable(organizationId);
    const roles = await this.roles.forCustomer(organizationId, customer?.id);
    const aboveOwn = new Set(await this.ceiling.aboveOwn(roles));
    return {
      roles: roles
        .filter((role) => !aboveOwn.has(role))
        .map(({ id, code, label, customerId: owner }) => ({ id, code, label, customerId: owner })),
      websites: websites.map(({ id, name }) => ({ id, name })),
      localizations: await this.localizationsOf(defaults.websiteId, websites),
      salesRepresentatives: people,
      owners: people,
      defaults: { ...defaults, preferredLocalizationId: null },
    };
  }

  private async localizationsOf(websiteId: number, websites: readonly WebsiteView[]): Promise<NamedView[]> {
    const enabled = new Set(websites.flatMap(({ localizationIds }) => localizationIds));
    const offered = websites.find(({ id }) => id === websiteId)?.localizationIds ?? [];
    if (enabled.size < 2) return [];
    const names = await this.localizations.names(offered);
    return offered.flatMap((id) => names.get(id) ?? []);
  }
}

function refuse(faults: readonly MemberFault[]): void {
  // They are about parameters of the query, which have no pointers.
  if (faults.length > 0) throw new InvalidInput(faults.map((fault) => ({ ...fault, pointer: fault.pointer.slice(1) })));
}
