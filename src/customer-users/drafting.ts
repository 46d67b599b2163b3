import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { Customers } from '../customers/index.js';
import { Clock } from '../platform/clock/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserDraft } from './customer-users.dto.js';
import { Defaults } from './defaults.js';
import { EmailKeys } from './lists/email-keys.js';
import { firstOf, type ListKey } from './lists/list-keys.js';
import { References } from './references.js';

/** Makes the row of a new customer user, with the defaults of his customer and website. */
@Injectable()
export class Drafting {
  constructor(
    private readonly references: References,
    private readonly defaults: Defaults,
    private readonly emailKeys: EmailKeys,
    private readonly customers: Customers,
    private readonly customFields: CustomFieldValues,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing is written but, where none is named, the customer. Throws `InvalidInput` with `faults` and every rule that the draft breaks;
   * required custom fields are no matter to who is not `asked` for any.
   */
  async draft(
    organizationId: number,
    draft: CustomerUserDraft,
    passwordHash: string | null,
    faults: readonly MemberFault[],
    { asked = true } = {},
  ) {
    const { guest = false, enabled = true } = draft;
    const defaults = await this.defaults.of({ organizationId, customerId: draft.customerId, websiteId: draft.websiteId, guest });
    const ownerId = draft.ownerId !== undefined ? draft.ownerId : defaults.ownerId;
    const websiteId = draft.websiteId ?? defaults.websiteId;
    const roleIds = draft.roleIds ?? defaults.roleIds;
    const target = { organizationId, customerId: draft.customerId, websiteId, roleIds, enabled, guest };
    const fields = asked ? await this.customFields.created('customer_user', organizationId, draft.customFields) : NO_FIELDS;
    await this.references.refuseBroken(target, draft, [...faults, ...faultsBetween(draft), ...fields.faults]);
    const now = this.clock.now();
    const name = `${draft.firstName} ${draft.lastName}`;
    const salesRepresentativeIds = draft.salesRepresentativeIds ?? defaults.salesRepresentativeIds;
    const person = Object.assign(new CustomerUser(), {
      organizationId,
      customerId: defaults.customer?.id ?? (await this.customers.createFor(organizationId, name, ownerId)).id,
      ownerId,
      websiteId,
      preferredLocalizationId: draft.preferredLocalizationId ?? null,
      ...(await this.emailKeys.of(organizationId, draft.email, guest)),
      namePrefix: draft.namePrefix ?? null,
      firstName: draft.firstName,
      middleName: draft.middleName ?? null,
      lastName: draft.lastName,
      nameSuffix: draft.nameSuffix ?? null,
      birthday: draft.birthday ?? null,
      phone: draft.phone ?? null,
      enabled,
      confirmed: draft.confirmed ?? true,
      guest,
      passwordStatus: passwordHash === null ? 'unset' : 'active',
      passwordHash,
      credentialEpoch: 1,
      externalId: draft.externalId ?? null,
      customFields: fields.values,
      lastLoginAt: null,
      loginCount: 0,
      createdAt: now,
      updatedAt: now,
      erasedAt: null,
      roleId: firstOf(roleIds),
      salesRepresentativeId: firstOf(salesRepresentativeIds),
    } satisfies Omit<CustomerUser, 'id' | 'version' | ListKey>);
    return { person, roleIds, salesRepresentativeIds };
  }
}

const NO_FIELDS = { values: null, faults: [] };

/** The rules that hold between members of a draft. */
function faultsBetween({ password, generatePassword, guest, sendWelcomeEmail }: CustomerUserDraft): MemberFault[] {
  const faults: MemberFault[] = [];
  if (password !== undefined && generatePassword === true)
    faults.push({
      pointer: '/generatePassword',
      code: 'customer_users.two_passwords',
      detail: 'Give a password or have one generated, not both.',
    });
  if (guest && sendWelcomeEmail)
    faults.push({
      pointer: '/sendWelcomeEmail',
      code: 'customer_users.guest_not_welcomed',
      detail: 'A guest never logs in: there is nothing to welcome him to.',
    });
  return faults;
}
