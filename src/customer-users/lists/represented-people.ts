import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { History, type HistoryRules } from '../../platform/history/index.js';
import { UserRemoved } from '../../users/index.js';
import { CustomerUser, CustomerUserSalesRepresentative } from '../customer-user.entity.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { ListKeys } from './list-keys.js';

interface Represented {
  id: number;
  organizationId: number;
  salesRepresentativeIds: number[];
}

const HISTORY: HistoryRules<Represented> = { entity: 'customer_user', members: ['salesRepresentativeIds'] };

/** People of one step. */
const STEP = 500;

/** Takes a console user who is deleted from the people whom he represents: a change of each of them, who are then listed by others. */
@Injectable()
export class RepresentedPeople {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly keys: ListKeys,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  @ListensTo(UserRemoved)
  async leave({ userId }: UserRemoved): Promise<void> {
    const links = this.work.repository(CustomerUserSalesRepresentative);
    const people = this.work.repository(CustomerUser);
    for (;;) {
      const some = await links.find({ where: { userId }, order: { customerUserId: 'ASC' }, take: STEP });
      if (some.length === 0) return;
      const ids = some.map(({ customerUserId }) => customerUserId);
      const rows = await people.find({ select: { id: true, organizationId: true }, where: { id: In(ids) } });
      const held = await this.people.salesRepresentativesOf(ids);
      await links.delete({ userId, customerUserId: In(ids) });
      await people.update({ id: In(ids) }, { updatedAt: this.clock.now() });
      await this.keys.sortByRepresentative(ids);
      const changes = rows.map(({ id, organizationId }) => {
        const before = { id, organizationId, salesRepresentativeIds: held.get(id) ?? [] };
        return { before, after: { ...before, salesRepresentativeIds: before.salesRepresentativeIds.filter((one) => one !== userId) } };
      });
      await this.history.changedMany(HISTORY, changes);
    }
  }
}
