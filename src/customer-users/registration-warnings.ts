import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserRegisteredAgain } from './customer-users.events.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { RegistrationWarning } from './registration-warning.entity.js';

/** Warns people whose address somebody registers with, so that nobody is flooded: at most once a day. */
@Injectable()
export class RegistrationWarnings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async warn({ id, organizationId }: CustomerUser): Promise<void> {
    // Of several registrations at once, one warns.
    if (!(await this.people.lock(id))) return;
    const rows = this.work.repository(RegistrationWarning);
    const last = await rows.findOneBy({ customerUserId: id });
    if (last && last.warnedAt > this.clock.in(-DAY)) return;
    await rows.save({ customerUserId: id, warnedAt: this.clock.now() });
    await this.events.record(new CustomerUserRegisteredAgain(id, organizationId));
  }
}
