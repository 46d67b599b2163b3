import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { CustomerRenamed } from '../../customers/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { HandlesJob, Jobs, type JobRun } from '../../platform/jobs/index.js';
import { CustomerUser } from '../customer-user.entity.js';
import { ListKeys } from './list-keys.js';
import { RenameCustomerInLists } from './renamed-customers.job.js';

/** People of one step. Most customers have fewer, and are right in lists with the change itself. */
const STEP = 500;

/** Lists are sorted and searched by the names of customers: who is renamed there is renamed with all his people. */
@Injectable()
export class RenamedCustomers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly keys: ListKeys,
    private readonly jobs: Jobs,
  ) {}

  @ListensTo(CustomerRenamed)
  hear({ customerId }: CustomerRenamed): Promise<void> {
    return this.step(customerId, 0);
  }

  @HandlesJob(RenameCustomerInLists)
  goOn({ customerId, after }: { customerId: number; after: number }, run: JobRun): Promise<void> {
    return this.work.run(async () => {
      await this.step(customerId, after);
      await run.complete();
    });
  }

  /** The rest, where there is one, is a job's: nobody waits for a customer of a hundred thousand people. */
  private async step(customerId: number, after: number): Promise<void> {
    const rows = this.work.repository(CustomerUser);
    const people = await rows.find({
      where: { customerId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: STEP,
      lock: this.work.forUpdate,
    });
    const last = people.at(-1);
    if (!last) return;
    await this.keys.keep(people, () => this.write(people), []);
    if (people.length === STEP) await this.jobs.enqueue(RenameCustomerInLists, { customerId, after: last.id });
  }

  /** One statement; no change of the people themselves: their versions stay. */
  private async write(people: readonly CustomerUser[]): Promise<void> {
    const places = people.map(() => '?').join(', ');
    const cases = people.map(() => 'WHEN ? THEN ?').join(' ');
    await this.work.manager.query(
      `UPDATE customer_users SET customer_name_lower = ?, search_words = CASE id ${cases} END WHERE id IN (${places})`,
      [people[0]?.customerNameLower, ...people.flatMap(({ id, searchWords }) => [id, searchWords]), ...people.map(({ id }) => id)],
    );
  }
}
