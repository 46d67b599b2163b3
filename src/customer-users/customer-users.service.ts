import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Customers } from '../customers/index.js';
import { Websites } from '../organizations/index.js';
import type { Permission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { RoleAssignments } from '../roles/index.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from './customer-user-history.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUserViews, fullNameOf } from './customer-user-views.js';
import { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserChange, CustomerUserDraft, CustomerUserView } from './customer-users.dto.js';
import { CustomerUserInUse } from './customer-users.errors.js';
import { CustomerUserCreated, CustomerUserCredentialsChanged, CustomerUserInvited } from './customer-users.events.js';
import { customerUserListing } from './customer-users.listing.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { EmailKeys } from './email-keys.js';
import { LinkTokens } from './link-tokens.js';
import { References } from './references.js';

const PLAIN_MEMBERS = [
  ...(['namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone'] as const),
  ...(['enabled', 'confirmed', 'externalId', 'customerId', 'ownerId', 'websiteId', 'preferredLocalizationId'] as const),
];

@Injectable()
export class CustomerUsers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly references: References,
    private readonly uses: CustomerUserUses,
    private readonly emailKeys: EmailKeys,
    private readonly customers: Customers,
    private readonly websites: Websites,
    private readonly assignments: RoleAssignments,
    private readonly links: LinkTokens,
    private readonly passwords: Passwords,
    private readonly events: Events,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomerUserView>> {
    const { rows, page } = await customerUserListing.page(this.people.reached(CustomerUserPermission.view), request);
    return { items: await this.views.ofAll(rows), page };
  }

  async get(id: number): Promise<CustomerUserView> {
    return this.views.of(await this.people.get(id));
  }

  /** A customer user whom the caller reaches with `permission`. Throws `NotFound`. */
  async getReachable(id: number, permission: Permission = CustomerUserPermission.view) {
    const row = await this.people.get(id, permission);
    return { id, organizationId: row.organizationId, fullName: fullNameOf(row), email: row.email };
  }

  /** Names by id, of those that exist; whoever acts. */
  async summaries(ids: readonly number[]): Promise<Map<number, { id: number; fullName: string }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(CustomerUser).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, { id: row.id, fullName: fullNameOf(row) }]));
  }

  async create(draft: CustomerUserDraft): Promise<CustomerUserView> {
    const passwordHash = draft.password === undefined ? null : await this.passwords.hash(draft.password);
    return this.work.run(async () => {
      const { organizationId } = this.context.principal();
      const { person, roleIds, salesRepresentativeIds } = await this.drafted(organizationId, draft, passwordHash);
      const saved = await this.people.save(person);
      await this.assignments.replace(saved.id, roleIds);
      await this.people.replaceSalesRepresentatives(saved.id, salesRepresentativeIds);
      await this.history.created(CUSTOMER_USER_HISTORY, await this.recorded(saved));
      await this.events.record(new CustomerUserCreated(saved.id, organizationId));
      if (draft.sendWelcomeEmail) await this.invite(saved);
      return this.views.of(saved);
    });
  }

  async change(id: number, change: CustomerUserChange): Promise<CustomerUserView> {
    const passwordHash = change.password === undefined ? undefined : await this.passwords.hash(change.password);
    return this.work.run(async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.edit);
      const before = await this.recorded(person);
      await this.apply(person, before, change, passwordHash);
      if (person.customerId !== before.customerId) await this.uses.move(id);
      const saved = await this.people.save(person);
      if (change.roleIds) await this.assignments.replace(id, change.roleIds);
      if (change.salesRepresentativeIds) await this.people.replaceSalesRepresentatives(id, change.salesRepresentativeIds);
      await this.conclude(before, saved);
      return this.views.of(saved);
    });
  }

  enable(id: number): Promise<CustomerUserView> {
    return this.switch(id, true);
  }

  disable(id: number): Promise<CustomerUserView> {
    return this.switch(id, false);
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.delete);
      await this.uses.refuseUsed(id);
      const recorded = await this.recorded(person);
      await this.events.record(new CustomerUserCredentialsChanged(id));
      await this.people.remove(id).catch((error: unknown) => {
        throw isBrokenReference(error) ? new CustomerUserInUse() : error;
      });
      await this.history.deleted(CUSTOMER_USER_HISTORY, recorded);
    });
  }

  /** Writes the history and, where email, password or standing changed, ends what was opened before. Part of every change. */
  async conclude(before: RecordedCustomerUser, saved: CustomerUser): Promise<void> {
    const after = await this.recorded(saved);
    await this.history.changed(CUSTOMER_USER_HISTORY, before, after);
    if (before.credentialEpoch === after.credentialEpoch) return;
    await this.links.end(saved.id);
    await this.events.record(new CustomerUserCredentialsChanged(saved.id));
  }

  async recorded(person: CustomerUser): Promise<RecordedCustomerUser> {
    const roles = await this.assignments.of([person.id]);
    const representatives = await this.people.salesRepresentativesOf([person.id]);
    return {
      ...person,
      roleIds: (roles.get(person.id) ?? []).map((role) => role.id),
      salesRepresentativeIds: representatives.get(person.id) ?? [],
    };
  }

  private switch(id: number, enabled: boolean): Promise<CustomerUserView> {
    return this.work.run(async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.edit);
      if (person.enabled === enabled) return this.views.of(person);
      const before = await this.recorded(person);
      await this.apply(person, before, { enabled }, undefined);
      const saved = await this.people.save(person);
      await this.conclude(before, saved);
      return this.views.of(saved);
    });
  }

  private async invite(person: CustomerUser): Promise<void> {
    const token = await this.links.issue(person, 'set-password');
    await this.events.record(new CustomerUserInvited(person.id, person.organizationId, token));
  }

  /** The row that a draft makes, with the defaults of its customer and website. Nothing is written but, where none is named, the customer. */
  private async drafted(organizationId: number, draft: CustomerUserDraft, passwordHash: string | null) {
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

  /** Carries a change out on the row, after refusing what breaks a rule. */
  private async apply(person: CustomerUser, before: RecordedCustomerUser, change: CustomerUserChange, passwordHash: string | undefined) {
    const { organizationId } = person;
    const movesWebsite = change.websiteId !== undefined && change.websiteId !== person.websiteId;
    // A localization belongs to a website: whoever changes the website chooses again, or has none.
    const localized = movesWebsite ? { preferredLocalizationId: null, ...change } : change;
    const target = {
      ...before,
      ...defined({ customerId: change.customerId, websiteId: change.websiteId, enabled: change.enabled, roleIds: change.roleIds }),
    };
    await this.references.refuseBroken(target, change);
    if (change.email !== undefined) Object.assign(person, await this.emailKeys.of(organizationId, change.email, person.guest));
    Object.assign(person, defined(Object.fromEntries(PLAIN_MEMBERS.map((member) => [member, localized[member]]))));
    if (passwordHash !== undefined) Object.assign(person, { passwordHash, passwordStatus: 'active' });
    const shutOut = (before.enabled && !person.enabled) || (before.confirmed && !person.confirmed);
    if (shutOut || passwordHash !== undefined || before.email !== person.email) person.credentialEpoch += 1;
    person.updatedAt = this.clock.now();
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

const defined = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
