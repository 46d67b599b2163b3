import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { AddressBooks, Customers } from '../customers/index.js';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { History, HistoryOfPeople } from '../platform/history/index.js';
import { ERASED } from '../platform/personal-data/index.js';
import { RoleAssignments } from '../roles/index.js';
import { Changing } from './changing.js';
import { CUSTOMER_USER_HISTORY, type RecordedCustomerUser } from './customer-user-history.js';
import { CustomerUserViews } from './customer-user-views.js';
import { CustomerUser } from './customer-user.entity.js';
import type { CustomerUserView } from './customer-users.dto.js';
import { CustomerUserCredentialsChanged } from './customer-users.events.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { DataSubjects, erasedNames } from './data-subjects.js';
import { EmailKeys } from './email-keys.js';
import { PersonalDataPermission } from './personal-data.permissions.js';

/** Makes people unrecognisable, for ever. */
@Injectable()
export class Erasures {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly subjects: DataSubjects,
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
      const isHis = await this.namesOf(person);
      for (const keeper of this.subjects.keepers()) await keeper.erase(subject);
      const before = blotted(await this.changing.recorded(person));
      const saved = await this.people.save(Object.assign(person, await this.unrecognisable(person, subject.pseudonym.email)));
      await this.assignments.replace(id, []);
      await this.books.clear({ kind: 'customer_user', id, organizationId: person.organizationId });
      if (await this.wasAlone(saved)) await this.customers.forgetName(saved.customerId, isHis, subject.pseudonym.name);
      await this.events.record(new CustomerUserCredentialsChanged(id));
      await this.history.changed(CUSTOMER_USER_HISTORY, before, await this.changing.recorded(saved), 'erased');
      return this.views.of(saved);
    });
  }

  /** Whether a customer's name is his own: first and last, in any that he ever had. */
  private async namesOf({ id, firstName, lastName }: CustomerUser): Promise<(name: string) => boolean> {
    const changes = (await this.past.changesOf(CUSTOMER_USER_HISTORY.entity, id)).map((entry) => entry.changes);
    const ever = (member: string, now: string) => new Set([now, ...changes.flatMap(({ [member]: change }) => [change?.old, change?.new])]);
    const [firsts, lasts] = [ever('firstName', firstName), ever('lastName', lastName)];
    return (name) => [...firsts].some((first) => name.startsWith(`${String(first)} `) && lasts.has(name.slice(String(first).length + 1)));
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

  /** Whoever came without a customer got one of his own name. */
  private async wasAlone({ id, customerId }: CustomerUser): Promise<boolean> {
    return !(await this.work.repository(CustomerUser).existsBy({ customerId, id: Not(id), erasedAt: IsNull() }));
  }
}

const SAYING_WHO = [
  ...(['email', 'namePrefix', 'firstName', 'middleName', 'lastName', 'nameSuffix', 'birthday', 'phone', 'externalId'] as const),
];

/** As the history may tell of him: that there was something, not what. */
function blotted(recorded: RecordedCustomerUser): RecordedCustomerUser {
  const hide = <T>(value: T) => (value === null ? value : ERASED);
  const members = Object.fromEntries(SAYING_WHO.map((member) => [member, hide(recorded[member])]));
  const fields = Object.fromEntries(Object.entries(recorded.fields).map(([name, value]) => [name, hide(value)]));
  return { ...recorded, ...members, fields };
}
