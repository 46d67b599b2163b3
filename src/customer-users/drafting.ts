import { Injectable } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { Websites } from '../organizations/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserDraft } from './customer-users.dto.js';
import { EmailKeys } from './email-keys.js';
import { References } from './references.js';

/** Makes the row of a new customer user, with the defaults of his customer and website. */
@Injectable()
export class Drafting {
  constructor(
    private readonly references: References,
    private readonly emailKeys: EmailKeys,
    private readonly customers: Customers,
    private readonly websites: Websites,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** Nothing is written but, where none is named, the customer. Throws `InvalidInput` with every rule that the draft breaks. */
  async draft(organizationId: number, draft: CustomerUserDraft, passwordHash: string | null) {
    const customer = draft.customerId === undefined ? undefined : await this.customers.findReached(draft.customerId, organizationId);
    const website = await this.websites.getDefault(organizationId);
    const { guest = false, enabled = true } = draft;
    const ownerId = draft.ownerId !== undefined ? draft.ownerId : (customer?.ownerId ?? this.creator());
    const websiteId = draft.websiteId ?? website.id;
    const roleWebsite = draft.websiteId === undefined ? website : ((await this.websites.find(draft.websiteId, organizationId)) ?? website);
    const roleIds = draft.roleIds ?? [guest ? roleWebsite.guestRoleId : roleWebsite.defaultRoleId].filter((id) => id !== null);
    const inherited = customer ? ((await this.customers.salesRepresentativesOf([customer.id])).get(customer.id) ?? []) : [];
    const salesRepresentativeIds = draft.salesRepresentativeIds ?? inherited;
    const preferredLocalizationId = draft.preferredLocalizationId ?? null;
    const target = {
      organizationId,
      customerId: draft.customerId,
      ownerId,
      websiteId,
      preferredLocalizationId,
      salesRepresentativeIds,
      roleIds,
      enabled,
    };
    const twoPasswords = draft.password !== undefined && draft.generatePassword === true;
    const faults = [...(twoPasswords ? [TWO_PASSWORDS] : []), ...(guest && draft.sendWelcomeEmail ? [GUEST_WELCOMED] : [])];
    await this.references.refuseBroken(target, draft, faults);
    const now = this.clock.now();
    const person = Object.assign(new CustomerUser(), {
      organizationId,
      customerId: customer?.id ?? (await this.customers.createFor(organizationId, `${draft.firstName} ${draft.lastName}`, ownerId)).id,
      ownerId,
      websiteId,
      preferredLocalizationId,
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
      lastLoginAt: null,
      loginCount: 0,
      createdAt: now,
      updatedAt: now,
    } satisfies Omit<CustomerUser, 'id' | 'version'>);
    return { person, roleIds, salesRepresentativeIds };
  }

  private creator(): number | null {
    const principal = this.context.findPrincipal();
    return principal?.type === 'user' ? principal.id : null;
  }
}

const TWO_PASSWORDS = {
  pointer: '/generatePassword',
  code: 'customer_users.two_passwords',
  detail: 'Give a password or have one generated, not both.',
};

const GUEST_WELCOMED = {
  pointer: '/sendWelcomeEmail',
  code: 'customer_users.guest_not_welcomed',
  detail: 'A guest never logs in: there is nothing to welcome him to.',
};
