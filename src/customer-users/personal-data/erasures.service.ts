import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { AddressBooks, Customers } from '../../customers/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { History, HistoryOfPeople } from '../../platform/history/index.js';
import { type DataSubject, ERASED, Mentions } from '../../platform/personal-data/index.js';
import { RoleAssignments } from '../../roles/index.js';
import { Changing } from '../changing.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from '../customer-user-history.js';
import { CustomerUserViews } from '../customer-user-views.js';
import { CustomerUser } from '../customer-user.entity.js';
import type { CustomerUserView } from '../customer-users.dto.js';
import { CustomerUserCredentialsChanged } from '../customer-users.events.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { DataSubjects, erasedNames } from './data-subjects.js';
import { EmailKeys } from '../lists/email-keys.js';
import { KeptAnswers } from './kept-answers.js';
import { SAYING_WHO } from './personal-members.js';
import { PersonalDataPermission } from './personal-data.permissions.js';

/** Makes people unrecognisable, for ever. */
@Injectable()
export class Erasures {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly subjects: DataSubjects,
    private readonly answers: KeptAnswers,
    private readonly changing: Changing,
    private readonly emailKeys: EmailKeys,
    private readonly assignments: RoleAssignments,
    private readonly books: AddressBooks,
    private readonly customers: Customers,
    private readonly views: CustomerUserViews,
    private readonly events: Events,
    private readonly history: History,
    private readonly past: HistoryOfPeople,
    private readonly clock: Clock,
  ) {}

  /** Not refused while documents refer to him, as a deletion would be: they stay, under his id. */
  erase(id: number): Promise<CustomerUserView> {
    return this.work.run(async () => {
      const person = await this.people.getForChange(id, PersonalDataPermission.delete);
      const subject = await this.subjects.of(person);
      const customers = await this.customersOf(person);
      for (const keeper of this.subjects.keepers()) await keeper.erase(subject);
      await this.answers.erase(subject);
      const before = blotted(await this.changing.recorded(person));
      const saved = await this.people.save(Object.assign(person, await this.unrecognisable(person, subject.pseudonym.email)));
      await this.assignments.replace(id, []);
      await this.books.clear({ kind: 'customer_user', id, organizationId: person.organizationId });
      for (const customerId of customers) await this.forgetIn(customerId, subject);
      await this.events.record(new CustomerUserCredentialsChanged(id));
      await this.history.changed(CUSTOMER_USER_HISTORY, before, await this.changing.recorded(saved), 'erased');
      return this.views.of(saved);
    });
  }

  /** His customer, and those that he belonged to before. */
  private async customersOf({ id, customerId }: CustomerUser): Promise<Set<number>> {
    const ids = new Set([customerId]);
    for await (const entries of this.past.changesOf(CUSTOMER_USER_HISTORY.entity, id))
      for (const { old, new: now } of entries.flatMap(({ changes }) => changes['customerId'] ?? []))
        for (const value of [old, now]) if (typeof value === 'number') ids.add(value);
    return ids;
  }

  /** Whoever came without a customer got one of his own name; one that others are of as well keeps its name. */
  private async forgetIn(customerId: number, subject: DataSubject): Promise<void> {
    const { customerUserId: id, organizationId, pseudonym } = subject;
    const mentions = new Mentions(subject);
    const isHis = (name: string) => mentions.isName(name);
    const alone = !(await this.work.repository(CustomerUser).existsBy({ customerId, id: Not(id), erasedAt: IsNull() }));
    if (alone) await this.customers.forgetName(customerId, isHis, pseudonym.name);
    await this.books.forgetName({ kind: 'customer', id: customerId, organizationId }, isHis, erasedNames(id));
  }

  private async unrecognisable({ id, organizationId, guest, credentialEpoch }: CustomerUser, email: string) {
    const now = this.clock.now();
    return {
      ...(await this.emailKeys.of(organizationId, email, guest)),
      ...erasedNames(id),
      ...{ namePrefix: null, middleName: null, nameSuffix: null, birthday: null, phone: null, externalId: null, customFields: null },
      ...{ preferredLocalizationId: null, lastLoginAt: null, loginCount: 0 },
      ...{ enabled: false, confirmed: false, passwordStatus: 'unset', passwordHash: null, credentialEpoch: credentialEpoch + 1 },
      ...{ erasedAt: now, updatedAt: now },
    } as const;
  }
}

/** As the history may tell of him: that there was something, not what. */
function blotted(recorded: RecordedCustomerUser): RecordedCustomerUser {
  const hide = <T>(value: T) => (value === null ? value : ERASED);
  const members = Object.fromEntries(SAYING_WHO.map((member) => [member, hide(recorded[member])]));
  const fields = Object.fromEntries(Object.entries(recorded.fields).map(([name, value]) => [name, hide(value)]));
  return { ...recorded, ...members, fields };
}
