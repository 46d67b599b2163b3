import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { CustomFieldValues } from '../../custom-fields/index.js';
import { Customers } from '../../customers/index.js';
import type { ImportContext } from '../../import-export/index.js';
import { insertMany, overlapping, updateMany, UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { History } from '../../platform/history/index.js';
import { RoleAssignments } from '../../roles/index.js';
import { AccountInvitations } from '../accounts/account-invitations.js';
import { sameIds } from '../changing.js';
import { CredentialChanges } from '../accounts/credential-changes.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from '../customer-user-history.js';
import { CustomerUser, CustomerUserSalesRepresentative } from '../customer-user.entity.js';
import { CustomerUserCreated } from '../customer-users.events.js';
import { CustomerUserUses } from '../customer-user-uses.js';
import type { Subject } from './import-subject.js';
import { PackedEmails } from '../lists/packed-emails.js';
import { firstOf, type ListKey, ListKeys } from '../lists/list-keys.js';

type Changed = Subject & { before: RecordedCustomerUser };

/** What the rows of one organization may hold once each. */
const UNIQUE = ['uniqueEmail', 'externalId'] as const;

/** Follow from other members, and are written with them. */
const DERIVED: readonly (ListKey | 'updatedAt')[] = [
  ...(['firstNameLower', 'lastNameLower', 'customerNameLower', 'externalIdLower', 'searchWords', 'updatedAt'] as const),
];

/** Writes what an import decided about customer users, with all that belongs to a change of them, in statements of many rows. */
@Injectable()
export class ImportWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly uses: CustomerUserUses,
    private readonly keys: ListKeys,
    private readonly packed: PackedEmails,
    private readonly customers: Customers,
    private readonly customFields: CustomFieldValues,
    private readonly assignments: RoleAssignments,
    private readonly credentialChanges: CredentialChanges,
    private readonly invitations: AccountInvitations,
    private readonly events: Events,
    private readonly history: History,
  ) {}

  async write(subjects: readonly Subject[], context: ImportContext, makeNext: () => void): Promise<void> {
    const changed = subjects.filter((subject): subject is Changed => subject.before !== undefined);
    await this.giveUp(subjects, changed);
    await this.create(
      subjects.filter(({ before }) => before === undefined),
      context,
      makeNext,
    );
    makeNext();
    await this.change(changed);
  }

  private async create(subjects: readonly Subject[], { mails }: ImportContext, makeNext: () => void): Promise<void> {
    if (subjects.length === 0) return;
    await this.giveCustomers(subjects.filter(({ needsCustomer }) => needsCustomer));
    const people = subjects.map(({ person }) => person);
    const byCustomer = await this.customers.salesRepresentativesOf(people.map(({ customerId }) => customerId));
    const representativesOf = ({ customerId }: CustomerUser) => byCustomer.get(customerId) ?? [];
    for (const { person, roleIds } of subjects)
      Object.assign(person, { roleId: firstOf(roleIds), salesRepresentativeId: firstOf(representativesOf(person)) });
    const fieldsOf = await this.customFields.shown('customer_user', people);
    await this.keys.fill(people);
    makeNext();
    const ids = await insertMany(this.work.manager, CustomerUser, people);
    people.forEach((person, i) => (person.id = ids[i] ?? 0));
    const recorded = (): RecordedCustomerUser[] =>
      subjects.map(({ person, roleIds }) =>
        Object.assign(person, { fields: fieldsOf(person), roleIds: inOrder(roleIds), salesRepresentativeIds: representativesOf(person) }),
      );
    const represented = people.flatMap((person) => representativesOf(person).map((userId) => ({ customerUserId: person.id, userId })));
    // What takes the server long goes first, so that what takes long to make is made meanwhile.
    await overlapping([
      () => this.keys.introduce(people),
      () => this.history.createdMany(CUSTOMER_USER_HISTORY, recorded()),
      () => this.assignments.give(new Map(subjects.map(({ person, roleIds }) => [person.id, roleIds]))),
      () => insertMany(this.work.manager, CustomerUserSalesRepresentative, represented),
    ]);
    await this.events.recordAll(people.map(({ id, organizationId }) => new CustomerUserCreated(id, organizationId)));
    if (mails === 'welcome') await this.invitations.toBeginAll(people.filter(({ enabled, guest }) => enabled && !guest));
  }

  private async giveCustomers(subjects: readonly Subject[]): Promise<void> {
    const people = subjects.map(({ person }) => person);
    const [first] = people;
    if (!first) return;
    const wanted = people.map(({ firstName, lastName, ownerId }) => ({ name: `${firstName} ${lastName}`, ownerId }));
    const customers = await this.customers.createForAll(first.organizationId, wanted);
    people.forEach((person, i) => (person.customerId = customers[i]?.id ?? 0));
  }

  private async change(subjects: readonly Changed[]): Promise<void> {
    if (subjects.length === 0) return;
    const moved = subjects.filter(({ before, person }) => before.customerId !== person.customerId);
    await this.uses.release(moved.map(({ person }) => person.id));
    const people = subjects.map(({ person }) => person);
    const members = Object.keys(subjects[0]?.person ?? {}) as (keyof CustomerUser)[];
    const differing = members.filter((member) => subjects.some(({ before, person }) => before[member] !== person[member]));
    for (const { before, person } of subjects) if (before.emailLower === person.emailLower) this.packed.leave(person);
    const write = () => updateMany(this.work.manager, CustomerUser, people, [...new Set([...differing, ...DERIVED])]);
    const comers = moved.map(({ person }) => person);
    await this.keys.keep(people, write, comers);
    const otherwise = subjects.filter(({ before, roleIds }) => !sameIds(roleIds, before.roleIds));
    await this.assignments.replaceMany(new Map(otherwise.map(({ person, roleIds }) => [person.id, roleIds])));
    const fieldsOf = await this.customFields.shown('customer_user', people);
    const changes = subjects.map(({ before, person, roleIds }) => {
      const { salesRepresentativeIds } = before;
      return { before, after: { ...person, fields: fieldsOf(person), salesRepresentativeIds, roleIds: inOrder(roleIds) } };
    });
    await this.history.changedMany(CUSTOMER_USER_HISTORY, changes);
    await this.credentialChanges.followAll(changes);
  }

  /** Of what may be held once, somebody takes what another one of the batch gives up: that one goes without until he is written. */
  private async giveUp(subjects: readonly Subject[], changed: readonly Changed[]): Promise<void> {
    for (const member of UNIQUE) {
      const holders = new Map(changed.map((subject) => [subject.before[member], subject]));
      const ids = subjects.flatMap(({ person }) => {
        const holder = person[member] === null ? undefined : holders.get(person[member]);
        return holder && holder.person !== person ? [holder.person.id] : [];
      });
      if (ids.length > 0) await this.work.repository(CustomerUser).update({ id: In(ids) }, { [member]: null });
    }
  }
}

const inOrder = (ids: readonly number[]): number[] => [...ids].sort((one, other) => one - other);
