import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { History } from '../../platform/history/index.js';
import { CUSTOMER_USER_HISTORY } from '../customer-user-history.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { DataSubjects } from './data-subjects.js';
import { PersonalDataPermission } from './personal-data.permissions.js';

/** What is held about a person: each part is collected when it is asked for. */
export interface CollectedData {
  readonly customerUserId: number;
  readonly collectedAt: Date;
  readonly data: Readonly<Record<string, () => unknown>>;
}

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

  /** To be read outside of a unit of work: it may take long, and would hold up all others on SQLite. */
  async collect(customerUserId: number): Promise<CollectedData> {
    const person = await this.people.getFor(customerUserId, PersonalDataPermission.view);
    const subject = await this.subjects.of(person);
    await this.work.run(() => this.history.noted(CUSTOMER_USER_HISTORY.entity, person, 'data-exported', {}));
    const data = Object.fromEntries(this.subjects.keepers().map((keeper) => [keeper.section, () => keeper.collect(subject)]));
    return { customerUserId, collectedAt: this.clock.now(), data };
  }
}
