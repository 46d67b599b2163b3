import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ListensTo } from '../platform/events/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import { UserRemoved } from '../users/index.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomersRepository } from './customers.repository.js';

interface Represented {
  id: number;
  organizationId: number;
  salesRepresentativeIds: number[];
}

const HISTORY: HistoryRules<Represented> = { entity: 'customer', members: ['salesRepresentativeIds'] };

/** Customers of one step. */
const STEP = 500;

/** Takes a console user who is deleted from the customers that he represents: a change of each of them. */
@Injectable()
export class RepresentedCustomers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  @ListensTo(UserRemoved)
  async leave({ userId }: UserRemoved): Promise<void> {
    const links = this.work.repository(CustomerSalesRepresentative);
    for (;;) {
      const some = await links.find({ where: { userId }, order: { customerId: 'ASC' }, take: STEP });
      if (some.length === 0) return;
      const ids = some.map(({ customerId }) => customerId);
      const rows = await this.customers.findAll(ids);
      const held = await this.customers.salesRepresentativesOf(ids);
      await links.delete({ userId, customerId: In(ids) });
      await this.work.repository(Customer).update({ id: In(ids) }, { updatedAt: this.clock.now() });
      const changes = rows.map(({ id, organizationId }) => {
        const before = { id, organizationId, salesRepresentativeIds: held.get(id) ?? [] };
        return { before, after: { ...before, salesRepresentativeIds: before.salesRepresentativeIds.filter((one) => one !== userId) } };
      });
      await this.history.changedMany(HISTORY, changes);
    }
  }
}
