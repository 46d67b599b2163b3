import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Contributions } from '../platform/contributions/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { type DataSubject, PersonalData } from '../platform/personal-data/index.js';
import { nameOf } from './acting-person.js';
import { CustomerUser } from './customer-user.entity.js';

/** The names of somebody who was erased. */
export const erasedNames = (id: number) => ({ firstName: 'Erased', lastName: `#${id}` });

/** Customer users as those whom personal data are about, and all who keep any. */
@Injectable()
export class DataSubjects {
  constructor(
    private readonly work: UnitOfWork,
    private readonly contributions: Contributions,
  ) {}

  async of(person: CustomerUser): Promise<DataSubject> {
    const { id, organizationId, email, emailLower } = person;
    const { firstName, lastName } = erasedNames(id);
    return {
      customerUserId: id,
      organizationId,
      name: nameOf(person),
      email,
      emailShared: await this.work.repository(CustomerUser).existsBy({ emailLower, id: Not(id) }),
      // RFC 2606: nobody ever gets mail there.
      pseudonym: { name: `${firstName} ${lastName}`, email: `erased-${id}@erased.invalid` },
    };
  }

  /** In the order of their names. */
  keepers(): PersonalData[] {
    return this.contributions.instancesOf(PersonalData).sort((one, other) => (one.section < other.section ? -1 : 1));
  }
}
