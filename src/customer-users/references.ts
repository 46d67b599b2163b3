import { Injectable } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { Localizations, PasswordRules, Websites } from '../organizations/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { InvalidInput, memberOf, type MemberFault } from '../platform/errors/index.js';
import { CustomerUserRoles, type GivenRole, RoleCeiling } from '../roles/index.js';
import { Users } from '../users/index.js';
import type { CustomerUserMembers } from './customer-users.dto.js';
import { customerUnknown, rolesMissing, websiteUnknown } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { EmailKeys } from './lists/email-keys.js';

/** The person of a draft or change, as he will be once the defaults are in. */
export interface Target {
  /** Left out of one who is new. */
  id?: number;
  organizationId: number;
  customerId: number | undefined;
  websiteId: number;
  roleIds: readonly number[];
  /** The roles that he has already: they are not given to him by the change. */
  held?: readonly number[];
  enabled: boolean;
  guest: boolean;
}

type Given = Partial<CustomerUserMembers>;

/** Refuses what a customer user may not refer to: all broken rules in one answer. */
@Injectable()
export class References {
  constructor(
    private readonly customers: Customers,
    private readonly users: Users,
    private readonly websites: Websites,
    private readonly localizations: Localizations,
    private readonly roles: CustomerUserRoles,
    private readonly ceiling: RoleCeiling,
    private readonly passwordRules: PasswordRules,
    private readonly emailKeys: EmailKeys,
    private readonly people: CustomerUsersRepository,
    private readonly context: CurrentContext,
  ) {}

  /**
   * Throws `InvalidInput` with a fault for each member of `given` that breaks a rule, after the faults that are known already: what
   * depends on a member that these name is not asked about. That a unique member is taken is told along with other faults; where it is
   * the only one, the database says so. Throws `AboveOwnRights` for roles that allow more than the caller may do.
   */
  async refuseBroken(target: Target, given: Given, known: readonly MemberFault[] = []): Promise<void> {
    const unreadable = new Set(known.map(memberOf));
    const roles = await this.roles.findGivable(target, given.roleIds ?? this.rolesByDefault(target));
    const faults = [
      ...known,
      ...(await this.customerFaults(target, given)),
      ...(await this.peopleFaults(target, given)),
      ...(unreadable.has('websiteId') ? [] : await this.websiteFaults(target, given)),
      ...this.roleFaults(target, given, roles, unreadable),
      ...(given.password === undefined ? [] : await this.passwordRules.faults(given.password, target)),
    ];
    if (faults.length > 0) throw new InvalidInput([...faults, ...(await this.takenFaults(target, given))]);
    const isNew = ({ id }: GivenRole) => !target.held?.includes(id);
    const pointerTo = ({ id }: GivenRole) => (given.roleIds ? `/roleIds/${given.roleIds.indexOf(id)}` : '/roleIds');
    await this.ceiling.refuseRoles(roles.filter(isNew), pointerTo);
  }

  /** A customer user gives also the roles that he leaves to the website; what a console user leaves to it is the merchant's own choice. */
  private rolesByDefault({ roleIds, held = [] }: Target): readonly number[] {
    return this.context.findPrincipal()?.side === 'storefront' ? roleIds.filter((id) => !held.includes(id)) : [];
  }

  private async customerFaults({ organizationId }: Target, { customerId }: Given): Promise<MemberFault[]> {
    if (customerId === undefined || (await this.customers.findReached(customerId, organizationId))) return [];
    return [customerUnknown];
  }

  private async peopleFaults({ organizationId }: Target, { ownerId, salesRepresentativeIds = [] }: Given) {
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

  private async websiteFaults({ websiteId, organizationId }: Target, given: Given): Promise<MemberFault[]> {
    if (given.websiteId === undefined && given.preferredLocalizationId == null) return [];
    const website = await this.websites.find(websiteId, organizationId);
    const faults = website ? [] : [websiteUnknown];
    const { preferredLocalizationId: id } = given;
    if (id == null) return faults;
    const pointer = '/preferredLocalizationId';
    if (!(await this.localizations.find(id, organizationId)))
      return [...faults, { pointer, code: 'customer_users.localization_unknown', detail: 'There is no such localization.' }];
    if (!website || website.localizationIds.includes(id)) return faults;
    return [{ pointer, code: 'customer_users.localization_not_offered', detail: `${website.name} does not offer this localization.` }];
  }

  private roleFaults(target: Target, { roleIds }: Given, roles: readonly GivenRole[], unreadable: ReadonlySet<string>): MemberFault[] {
    const { customerId, enabled } = target;
    if (target.roleIds.length === 0) return enabled && !unreadable.has('enabled') && !unreadable.has('roleIds') ? [rolesMissing] : [];
    if (roleIds === undefined) return [];
    const known = new Map(roles.map((role) => [role.id, role]));
    return roleIds.flatMap((id, index): MemberFault[] => {
      const role = known.get(id);
      const pointer = `/roleIds/${index}`;
      if (!role) return [{ pointer, code: 'customer_users.role_unknown', detail: `There is no role ${id}.` }];
      if (role.customerId === null || role.customerId === customerId || unreadable.has('customerId')) return [];
      return [{ pointer, code: 'customer_users.role_of_other_customer', detail: `The role ${role.label} belongs to another customer.` }];
    });
  }

  private async takenFaults({ id, organizationId, guest }: Target, { email, externalId = null }: Given): Promise<MemberFault[]> {
    const uniqueEmail = email === undefined ? null : (await this.emailKeys.of(organizationId, email, guest)).uniqueEmail;
    return this.people.taken({ id, organizationId, uniqueEmail, externalId });
  }
}
