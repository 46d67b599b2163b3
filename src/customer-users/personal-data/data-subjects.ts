import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Random } from '../../platform/clock/index.js';
import { Contributions } from '../../platform/contributions/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { type HistoryEntry, HistoryOfPeople } from '../../platform/history/index.js';
import { type DataSubject, ERASED, PersonalData } from '../../platform/personal-data/index.js';
import { PendingEmails } from '../accounts/pending-emails.js';
import { nameOf } from '../acting-person.js';
import { Changing } from '../changing.js';
import { CUSTOMER_USER_HISTORY } from '../customer-user-history.js';
import { CustomerUser } from '../customer-user.entity.js';
import { isPersonal, SAYING_WHO } from './personal-members.js';

/** The names of somebody who was erased. */
export const erasedNames = (id: number) => ({ firstName: 'Erased', lastName: `#${id}` });

/** Customer users as those whom personal data are about, and all who keep any. */
@Injectable()
export class DataSubjects {
  constructor(
    private readonly work: UnitOfWork,
    private readonly changing: Changing,
    private readonly pendingEmails: PendingEmails,
    private readonly history: HistoryOfPeople,
    private readonly contributions: Contributions,
    private readonly random: Random,
  ) {}

  async of(person: CustomerUser): Promise<DataSubject> {
    const { id, organizationId, email } = person;
    const { firstName, lastName } = erasedNames(id);
    const { email: emails, pendingEmail, firstName: first, middleName: middle, lastName: last, ...others } = await this.everKnown(person);
    return {
      customerUserId: id,
      organizationId,
      name: nameOf(person),
      email,
      emails: await this.ofNobodyElse(person, [...(emails ?? []), ...(pendingEmail ?? [])]),
      names: { first: [...(first ?? [])], middle: [...(middle ?? [])], last: [...(last ?? [])] },
      identifiers: [...(others['phone'] ?? []), ...(others['externalId'] ?? [])],
      hasNamesake: await this.hasNamesake(person),
      values: Object.values(others).flatMap((values) => [...values]),
      // RFC 2606: nobody ever gets mail there. Not to be foreseen, or somebody could take it first.
      pseudonym: { name: `${firstName} ${lastName}`, email: `erased-${id}-${this.random.uuid()}@erased.invalid` },
    };
  }

  /** In the order of their names. */
  keepers(): PersonalData[] {
    return this.contributions.instancesOf(PersonalData).sort((one, other) => (one.section < other.section ? -1 : 1));
  }

  /** What the texts of his members are and were, by member. */
  private async everKnown(person: CustomerUser): Promise<Record<string, Set<string>>> {
    const known: Record<string, Set<string>> = {};
    const add = (member: string, value: unknown) => {
      if (typeof value === 'string' && value !== '' && value !== ERASED) (known[member] ??= new Set()).add(value);
    };
    for (const member of SAYING_WHO) add(member, person[member]);
    for (const [name, value] of Object.entries((await this.changing.recorded(person)).fields)) add(`customFields.${name}`, value);
    add('pendingEmail', (await this.pendingEmails.find(person.id))?.newEmail);
    const remember = ({ changes }: HistoryEntry) => {
      for (const [member, { old, new: now }] of Object.entries(changes).filter(([name]) => isPersonal(name)))
        for (const value of [old, now]) add(member, value);
    };
    for await (const entries of this.history.changesOf(CUSTOMER_USER_HISTORY.entity, person.id)) entries.forEach(remember);
    return known;
  }

  private async ofNobodyElse({ id }: CustomerUser, emails: readonly string[]): Promise<string[]> {
    const keys = [...new Set(emails.map((email) => email.toLowerCase()))];
    const others = await this.work
      .repository(CustomerUser)
      .find({ select: { emailLower: true }, where: { emailLower: In(keys), id: Not(id) } });
    const taken = new Set(others.map(({ emailLower }) => emailLower));
    return keys.flatMap((key) => (taken.has(key) ? [] : [...new Set(emails.filter((email) => email.toLowerCase() === key))]));
  }

  private hasNamesake({ id, organizationId, firstName, lastName, lastNameLower }: CustomerUser): Promise<boolean> {
    const same = { organizationId, firstName, lastName, lastNameLower, erasedAt: IsNull() };
    return this.work.repository(CustomerUser).existsBy({ ...same, id: Not(id) });
  }
}
