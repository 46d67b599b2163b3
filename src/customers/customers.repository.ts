import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { findMany, isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { Customer, CustomerSalesRepresentative } from './customer.entity.js';
import { CustomerInUse, ExternalIdTaken } from './customers.errors.js';
import { CustomerPermission } from './customers.permissions.js';
import { CUSTOMERS_BELOW, OWN_CUSTOMERS } from './reached-customers.js';

@Injectable()
export class CustomersRepository extends ReachedRows<Customer> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: Customer,
      alias: 'customer',
      view: CustomerPermission.view,
      columns: {
        organization: 'customer.organizationId',
        assigned: `customer.id IN (${OWN_CUSTOMERS})`,
        customer: 'customer.id',
        below: CUSTOMERS_BELOW,
      },
    });
  }

  save(customer: Customer): Promise<Customer> {
    return refusingDuplicates(this.work.manager, { uq_customers_external_id: () => new ExternalIdTaken() }, () =>
      this.work.repository(Customer).save(customer),
    );
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(Customer)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new CustomerInUse() : error;
      });
  }

  find(id: number, organizationId: number): Promise<Customer | null> {
    return this.work.repository(Customer).findOneBy({ id, organizationId });
  }

  /** Of a customer, whoever acts: it never changes, so that what is locked by it can be locked before the customer. */
  async organizationOf(id: number): Promise<number> {
    const row = await this.work.repository(Customer).findOne({ where: { id }, select: { id: true, organizationId: true } });
    if (!row) throw this.missing();
    return row.organizationId;
  }

  findAll(ids: readonly number[]): Promise<Customer[]> {
    return findMany(this.work.manager, Customer, 'id', [...new Set(ids)]);
  }

  /** Of those of `ids` that the caller may see. */
  reachedOf(ids: readonly number[]): Promise<Customer[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.reached()
      .andWhere('customer.id IN (:...ids)', { ids: [...new Set(ids)] })
      .getMany();
  }

  hasChildren(id: number): Promise<boolean> {
    return this.work.repository(Customer).existsBy({ parentId: id });
  }

  async hold(ids: readonly number[]): Promise<void> {
    const lock = this.work.forUpdate;
    const where = { id: In([...new Set(ids)]) };
    if (lock && ids.length > 0) await this.work.repository(Customer).find({ select: { id: true }, where, order: { id: 'ASC' }, lock });
  }

  /** Names by id; who renames one of them waits until the open unit of work ends. */
  async steadyNames(ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map();
    const lock = this.work.forUpdate && ({ mode: 'pessimistic_read' } as const);
    const where = { id: In([...new Set(ids)]) };
    const rows = await this.work.repository(Customer).find({ select: { id: true, name: true }, where, lock });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async salesRepresentativesOf(ids: readonly number[]): Promise<Map<number, number[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work
      .repository(CustomerSalesRepresentative)
      .find({ where: { customerId: In([...new Set(ids)]) }, order: { userId: 'ASC' } });
    const byCustomer = new Map<number, number[]>();
    for (const { customerId, userId } of rows) byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), userId]);
    return byCustomer;
  }

  async replaceSalesRepresentatives(customerId: number, userIds: readonly number[]): Promise<void> {
    const rows = this.work.repository(CustomerSalesRepresentative);
    await rows.delete({ customerId });
    if (userIds.length > 0) await rows.insert(userIds.map((userId) => ({ customerId, userId })));
  }
}
