import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Customers } from '../customers/index.js';
import type { ImportContext } from '../import-export/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { RoleAssignments } from '../roles/index.js';
import { AccountInvitations } from './account-invitations.js';
import { CredentialChanges } from './credential-changes.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from './customer-user-history.js';
import { CustomerUser, CustomerUserSalesRepresentative } from './customer-user.entity.js';
import { CustomerUserCreated } from './customer-users.events.js';
import { CustomerUserUses } from './customer-user-uses.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import type { Subject } from './import-subject.js';
import { ListKeys } from './list-keys.js';

/** Writes what an import decided about customer users, with all that belongs to a change of them. */
@Injectable()
export class ImportWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly uses: CustomerUserUses,
    private readonly keys: ListKeys,
    private readonly customers: Customers,
    private readonly assignments: RoleAssignments,
    private readonly credentialChanges: CredentialChanges,
    private readonly invitations: AccountInvitations,
    private readonly events: Events,
    private readonly history: History,
  ) {}

  async write(subjects: readonly Subject[], context: ImportContext): Promise<void> {
    await this.create(
      subjects.filter(({ before }) => before === undefined),
      context,
    );
    const moved = subjects.filter(({ before, person }) => before !== undefined && before.customerId !== person.customerId);
    await this.uses.release(moved.map(({ person }) => person.id));
    for (const subject of subjects) if (subject.before) await this.change(subject, subject.before);
  }

  private async create(subjects: readonly Subject[], { mails }: ImportContext): Promise<void> {
    if (subjects.length === 0) return;
    for (const { person, needsCustomer } of subjects) {
      if (!needsCustomer) continue;
      const name = `${person.firstName} ${person.lastName}`;
      person.customerId = (await this.customers.createFor(person.organizationId, name, person.ownerId)).id;
    }
    const people = subjects.map(({ person }) => person);
    await this.keys.keep(people, () => this.insert(people));
    await this.assignments.replaceMany(new Map(subjects.map(({ person, roleIds }) => [person.id, roleIds])));
    const representatives = await this.inheritRepresentatives(subjects);
    const recorded = subjects.map(({ person, roleIds }) => ({
      ...person,
      fields: {},
      roleIds: [...roleIds],
      salesRepresentativeIds: representatives.get(person.customerId) ?? [],
    }));
    await this.history.createdMany(CUSTOMER_USER_HISTORY, recorded);
    for (const { person } of subjects) {
      await this.events.record(new CustomerUserCreated(person.id, person.organizationId));
      if (mails === 'welcome' && person.enabled && !person.guest) await this.invitations.toBegin(person);
    }
  }

  /** One statement for all whose email address finds their id again; guests, who have none of their own, one by one. */
  private async insert(people: readonly CustomerUser[]): Promise<void> {
    const repository = this.work.repository(CustomerUser);
    for (const guest of people.filter(({ uniqueEmail }) => uniqueEmail === null)) await repository.insert(guest);
    const named = people.filter(({ uniqueEmail }) => uniqueEmail !== null);
    if (named.length === 0) return;
    await repository.createQueryBuilder().insert().values(named).updateEntity(false).execute();
    const organizationId = named[0]?.organizationId;
    const written = await repository.find({
      select: { id: true, uniqueEmail: true },
      where: { organizationId, uniqueEmail: In(named.map(({ uniqueEmail }) => uniqueEmail)) },
    });
    const ids = new Map(written.map(({ id, uniqueEmail }) => [uniqueEmail, id]));
    for (const person of named) person.id = ids.get(person.uniqueEmail) ?? 0;
  }

  /** Sales representatives come from the customer. Answers them by customer. */
  private async inheritRepresentatives(subjects: readonly Subject[]): Promise<Map<number, number[]>> {
    const byCustomer = await this.customers.salesRepresentativesOf(subjects.map(({ person }) => person.customerId));
    const rows = subjects.flatMap(({ person }) =>
      (byCustomer.get(person.customerId) ?? []).map((userId) => ({ customerUserId: person.id, userId })),
    );
    if (rows.length > 0) {
      await this.work.repository(CustomerUserSalesRepresentative).createQueryBuilder().insert().values(rows).updateEntity(false).execute();
      await this.keys.sortByRepresentative([...new Set(rows.map(({ customerUserId }) => customerUserId))]);
    }
    return byCustomer;
  }

  private async change({ person, roleIds }: Subject, before: RecordedCustomerUser): Promise<void> {
    const saved = await this.people.save(person);
    const rolesDiffer = roleIds.length !== before.roleIds.length || roleIds.some((id) => !before.roleIds.includes(id));
    if (rolesDiffer) await this.assignments.replace(saved.id, roleIds);
    const after = {
      ...saved,
      fields: before.fields,
      roleIds: roleIds.toSorted((a, b) => a - b),
      salesRepresentativeIds: before.salesRepresentativeIds,
    };
    await this.history.changed(CUSTOMER_USER_HISTORY, before, after);
    await this.credentialChanges.follow(before, saved);
  }
}
