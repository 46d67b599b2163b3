import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { History } from '../platform/history/index.js';
import { CUSTOMER_USER_HISTORY } from './customer-user-history.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { DataSubjects } from './data-subjects.js';
import type { PersonalDataView } from './personal-data.dto.js';
import { PersonalDataPermission } from './personal-data.permissions.js';

/** Collects what is held about a person, from all who keep any. */
@Injectable()
export class PersonalDataExports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly subjects: DataSubjects,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async collect(customerUserId: number): Promise<PersonalDataView> {
    const person = await this.people.getFor(customerUserId, PersonalDataPermission.view);
    const subject = await this.subjects.of(person);
    const data: Record<string, unknown> = {};
    // Outside of a unit of work: it may take long, and would hold up all others on SQLite.
    for (const keeper of this.subjects.keepers()) data[keeper.section] = await keeper.collect(subject);
    await this.work.run(() => this.history.noted(CUSTOMER_USER_HISTORY.entity, person, 'data-exported', {}));
    return { customerUserId, collectedAt: this.clock.now(), data };
  }
}
