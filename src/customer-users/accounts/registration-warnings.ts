import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { HandlesJob, type JobRun, Jobs } from '../../platform/jobs/index.js';
import { aMomentLater, FollowRegistration } from './account-requests.job.js';
import { CustomerUserRegisteredAgain } from '../customer-users.events.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { RegistrationWarning } from './registration-warning.entity.js';

/** Warns people whose address somebody registers with, so that nobody is flooded: at most once a day. */
@Injectable()
export class RegistrationWarnings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Part of every registration: with whose address it was, and whether that was his before. */
  async follow(customerUserId: number, again: boolean): Promise<void> {
    await this.jobs.enqueue(FollowRegistration, { customerUserId, again }, { delay: aMomentLater() });
  }

  @HandlesJob(FollowRegistration)
  async warn({ customerUserId, again }: typeof FollowRegistration.payload, run: JobRun): Promise<void> {
    await this.work.run(async () => {
      if (again) await this.warnOnceADay(customerUserId);
      await run.complete();
    });
  }

  private async warnOnceADay(customerUserId: number): Promise<void> {
    // Of several at once, one warns.
    const person = await this.people.lock(customerUserId);
    if (!person) return;
    const rows = this.work.repository(RegistrationWarning);
    const last = await rows.findOneBy({ customerUserId });
    if (last && last.warnedAt > this.clock.in(-DAY)) return;
    await rows.save({ customerUserId, warnedAt: this.clock.now() });
    await this.events.record(new CustomerUserRegisteredAgain(customerUserId, person.organizationId));
  }
}
