import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { CustomerUserRoles, RoleCeiling } from '../roles/index.js';
import { type Belongings, sameIds } from './changing.js';
import type { RecordedCustomerUser } from './customer-user-history.js';
import type { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserChange } from './customer-users.dto.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Defaults } from './defaults.js';
import { EmailKeys } from './lists/email-keys.js';
import { References } from './references.js';

const PLAIN_MEMBERS = [
  ...(['namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
  ...(['enabled', 'confirmed', 'externalId', 'customerId', 'ownerId', 'websiteId', 'preferredLocalizationId'] as const),
];

/** A change with what is known of it beside its members. */
export interface Edit {
  change: CustomerUserChange;
  /** Of the password in the change. */
  passwordHash?: string;
  /** What is wrong with the form of the change. */
  faults?: readonly MemberFault[];
}

/** Carries a change out on the row of a customer user. */
@Injectable()
export class Editing {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly references: References,
    private readonly defaults: Defaults,
    private readonly roles: CustomerUserRoles,
    private readonly emailKeys: EmailKeys,
    private readonly customFields: CustomFieldValues,
    private readonly ceiling: RoleCeiling,
  ) {}

  /**
   * Changes the row and answers what is to be kept beside it. Throws `InvalidInput` with every rule that the change breaks, and
   * `PermissionMissing` where it gives the person to others and the caller may not, or `AboveOwnRights` where it goes beyond his own.
   */
  async apply(person: CustomerUser, before: RecordedCustomerUser, { change, passwordHash, faults = [] }: Edit): Promise<Belongings> {
    if (givesAway(before, change)) await this.people.getFor(person.id, CustomerUserPermission.assign);
    const roleIds = change.roleIds ?? (await this.rolesThatStay(before, change));
    const target = { ...before, ...given(change, ['customerId', 'websiteId', 'enabled']), roleIds, held: before.roleIds };
    const fields = await this.customFields.changed('customer_user', person, change.customFields);
    await this.references.refuseBroken(target, withoutKept(change, before), [...faults, ...fields.faults]);
    await this.refuseAbove(before, change);
    if (change.email !== undefined) Object.assign(person, await this.emailKeys.of(person.organizationId, change.email, person.guest));
    // A localization belongs to a website: whoever changes the website chooses again, or has none.
    if (target.websiteId !== before.websiteId) person.preferredLocalizationId = null;
    Object.assign(person, given(change, PLAIN_MEMBERS));
    person.customFields = fields.values;
    if (passwordHash !== undefined) Object.assign(person, { passwordHash, passwordStatus: 'active' });
    const shutOut = (before.enabled && !person.enabled) || (before.confirmed && !person.confirmed);
    if (shutOut || passwordHash !== undefined || before.email !== person.email) person.credentialEpoch += 1;
    return { roleIds, salesRepresentativeIds: change.salesRepresentativeIds };
  }

  /** Who sets a password, or an email address, could act as its owner: nobody does so to somebody who may do more than himself. */
  private async refuseAbove(before: RecordedCustomerUser, { email = before.email, password }: CustomerUserChange): Promise<void> {
    if (password === undefined && email === before.email) return;
    const pointer = password === undefined ? '/email' : '/password';
    const roles = await this.roles.findAll(before.organizationId, before.roleIds);
    await this.ceiling.refuseRoles(roles, () => pointer);
  }

  /** Whoever moves to another customer leaves the roles of the old one behind; without any left, he gets his website's. */
  private async rolesThatStay(before: RecordedCustomerUser, { customerId, websiteId, enabled }: CustomerUserChange): Promise<number[]> {
    if (customerId === undefined || customerId === before.customerId) return before.roleIds;
    const roles = await this.roles.findAll(before.organizationId, before.roleIds);
    const kept = roles.filter((role) => role.customerId === null || role.customerId === customerId).map(({ id }) => id);
    if (kept.length > 0 || !(enabled ?? before.enabled)) return kept;
    return this.defaults.roleIds(before.organizationId, websiteId ?? before.websiteId, before.guest);
  }
}

/** Without the localization that he has already: his website may have ceased to offer it since. */
function withoutKept(change: CustomerUserChange, before: RecordedCustomerUser): CustomerUserChange {
  const { preferredLocalizationId, websiteId = before.websiteId } = change;
  const kept = preferredLocalizationId === before.preferredLocalizationId && websiteId === before.websiteId;
  return kept ? { ...change, preferredLocalizationId: undefined } : change;
}

/** Whether a change makes others responsible for the person. */
function givesAway(before: RecordedCustomerUser, { ownerId, salesRepresentativeIds }: CustomerUserChange): boolean {
  if (ownerId !== undefined && ownerId !== before.ownerId) return true;
  return salesRepresentativeIds !== undefined && !sameIds(salesRepresentativeIds, before.salesRepresentativeIds);
}

const given = <T extends object, K extends keyof T>(members: T, names: readonly K[]) =>
  Object.fromEntries(names.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]]))) as {
    [N in K]?: Exclude<T[N], undefined>;
  };
