import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OrganizationChoice } from '../organizations/index.js';
import { ownerFaults, type Permission } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, UnitOfWork } from '../platform/database/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import type { Checked } from '../platform/http/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { AccountInvitations } from './accounts/account-invitations.js';
import { Changing } from './changing.js';
import { CustomerAdministrators } from './roles/customer-administrators.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';
import { CustomerUserAddresses } from './addresses/customer-user-addresses.service.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUserViews, fullNameOf } from './customer-user-views.js';
import { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserChange, CustomerUserDraft, CustomerUserView } from './customer-users.dto.js';
import { CustomerUserErased, CustomerUserInUse } from './customer-users.errors.js';
import { CustomerUserCredentialsChanged, CustomerUserRemoved } from './customer-users.events.js';
import { customerUserListing } from './customer-users.listing.js';
import { CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Drafting } from './drafting.js';
import { EmailKeys } from './lists/email-keys.js';
import { Editing } from './editing.js';
import type { Acted } from './life-cycle.service.js';
import { refuseSelf } from './self.js';

@Injectable()
export class CustomerUsers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly emailKeys: EmailKeys,
    private readonly uses: CustomerUserUses,
    private readonly addresses: CustomerUserAddresses,
    private readonly administrators: CustomerAdministrators,
    private readonly drafting: Drafting,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly invitations: AccountInvitations,
    private readonly passwords: Passwords,
    private readonly events: Events,
    private readonly history: History,
    private readonly choice: OrganizationChoice,
    private readonly context: CurrentContext,
  ) {}

  async list(request: ListRequest): Promise<Page<CustomerUserView>> {
    const asked = await this.emailKeys.follow(request);
    const { rows, page } = await customerUserListing.page(this.people.reached(CustomerUserPermission.view), asked);
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

  /** A customer user whom the caller sees, who stays as he is until the unit of work ends. Throws `NotFound` and `CustomerUserErased`. */
  async hold(id: number): Promise<{ id: number; organizationId: number }> {
    await this.people.lock(id);
    const { organizationId, erasedAt } = await this.people.get(id);
    if (erasedAt !== null) throw new CustomerUserErased();
    return { id, organizationId };
  }

  /** Names by id, of those that exist; whoever acts. */
  async summaries(ids: readonly number[]): Promise<Map<number, { id: number; fullName: string }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(CustomerUser).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, { id: row.id, fullName: fullNameOf(row) }]));
  }

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  async create({
    members: { organizationId: wanted, ...draft },
    faults: malformed,
  }: Checked<CustomerUserDraft>): Promise<CustomerUserView> {
    const passwordHash = (await this.hashOf(draft.password, malformed)) ?? null;
    return this.work.run(async () => {
      const organizationId = await this.choice.choose(CustomerUserPermission.create, wanted, malformed);
      const faults = [...malformed, ...ownerFaults(this.context.principal(), CustomerUserPermission.create, draft.ownerId)];
      const book = draft.addresses && (await this.addresses.planned(undefined, draft.addresses, faults));
      const all = book?.settle().faults ?? faults;
      const { person, ...belongings } = await this.drafting.draft(organizationId, draft, passwordHash, all);
      const saved = await this.people.save(person);
      // A console user's level was held to the organization and the owner.
      if (this.context.principal().side === 'storefront') await this.people.refuseBeyond(saved.id, CustomerUserPermission.create);
      await this.changing.introduce(saved, belongings);
      if (book) await this.addresses.write(saved, book);
      if (draft.sendWelcomeEmail) await this.invitations.toBegin(saved);
      return this.views.of(saved);
    });
  }

  /** The same for a change. */
  async change(id: number, { members: change, faults }: Checked<CustomerUserChange>): Promise<CustomerUserView> {
    const passwordHash = await this.hashOf(change.password, faults);
    return this.keepingOne(id, async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.edit);
      refuseSelf(this.context.principal(), id);
      const before = await this.changing.recorded(person);
      const book = change.addresses && (await this.addresses.planned(person, change.addresses, faults));
      const belongings = await this.editing.apply(person, before, { change, passwordHash, faults: book?.settle().faults ?? faults });
      const moves = person.customerId !== before.customerId;
      if (moves) await this.uses.move(id);
      const newAddresses = book && (await this.addresses.write(person, book));
      const saved = await this.changing.save(before, person, { ...belongings, newAddresses });
      if (moves) await this.people.refuseBeyond(id, CustomerUserPermission.edit);
      return this.views.of(saved);
    });
  }

  /** A customer user as an act leaves him. */
  async after(act: Promise<Acted>): Promise<CustomerUserView> {
    return this.views.of((await act).person);
  }

  remove(id: number): Promise<void> {
    return this.keepingOne(id, async () => {
      const person = await this.people.getForChange(id, CustomerUserPermission.delete);
      refuseSelf(this.context.principal(), id);
      await this.uses.refuseUsed(id);
      await this.history.deleted(CUSTOMER_USER_HISTORY, await this.changing.recorded(person));
      await this.events.record(new CustomerUserCredentialsChanged(id));
      await this.events.record(new CustomerUserRemoved(id));
      await this.people.remove(id).catch((error: unknown) => {
        throw isBrokenReference(error) ? new CustomerUserInUse() : error;
      });
    });
  }

  /** An act on a customer user, as a unit of work that leaves his customer an administrator. */
  private keepingOne<T>(id: number, act: () => Promise<T>): Promise<T> {
    return this.work.run(() => this.administrators.keepOneBeside(id, act));
  }

  /** Never inside a unit of work, and not for what is refused anyway. */
  private async hashOf(password: string | undefined, faults: readonly MemberFault[]): Promise<string | undefined> {
    return password === undefined || faults.length > 0 ? undefined : this.passwords.hash(password);
  }
}
