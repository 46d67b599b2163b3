import { Injectable } from '@nestjs/common';
import { CustomFieldValues, type FieldValues } from '../custom-fields/index.js';
import { insertMany, updateMany, UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import { CustomerPaths } from './customer-paths.js';
import { Customer } from './customer.entity.js';
import { CustomerRenamed } from './customers.events.js';
import { CustomersRepository } from './customers.repository.js';

/** A customer with what is kept beside its row. */
export type RecordedCustomer = Customer & { salesRepresentativeIds: number[]; fields: FieldValues };

export const CUSTOMER_HISTORY: HistoryRules<RecordedCustomer> = {
  entity: 'customer',
  members: ['name', 'parentId', 'groupId', 'ownerId', 'salesRepresentativeIds', 'internalRating', 'externalId'],
  named: { customFields: 'fields' },
};

const CHANGEABLE = ['name', 'parentId', 'groupId', 'ownerId', 'internalRating', 'externalId', 'customFields', 'updatedAt'] as const;

/** Writes many customers at once, with their places in the tree and their history. What they may be is checked before. */
@Injectable()
export class CustomerWriting {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly paths: CustomerPaths,
    private readonly customFields: CustomFieldValues,
    private readonly events: Events,
    private readonly history: History,
  ) {}

  /** Gives each new customer its id. */
  async create(rows: readonly Customer[]): Promise<void> {
    if (rows.length === 0) return;
    const ids = await insertMany(this.work.manager, Customer, rows);
    rows.forEach((row, i) => (row.id = ids[i] ?? 0));
    await this.paths.addMany(ids);
    await this.history.createdMany(CUSTOMER_HISTORY, await this.recorded(rows, new Map()));
  }

  async change(changes: readonly { before: Customer; after: Customer }[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = changes.map(({ after }) => after);
    const representatives = await this.customers.salesRepresentativesOf(rows.map(({ id }) => id));
    const before = await this.recorded(
      changes.map((change) => change.before),
      representatives,
    );
    await updateMany(this.work.manager, Customer, rows, CHANGEABLE);
    for (const { before: old, after } of changes) {
      if (after.parentId !== old.parentId) await this.paths.move(after.id, after.parentId);
      if (after.name !== old.name) await this.events.record(new CustomerRenamed(after.id));
    }
    const after = await this.recorded(rows, representatives);
    await this.history.changedMany(
      CUSTOMER_HISTORY,
      after.flatMap((row, i) => (before[i] ? [{ before: before[i], after: row }] : [])),
    );
  }

  private async recorded(rows: readonly Customer[], representatives: ReadonlyMap<number, number[]>): Promise<RecordedCustomer[]> {
    const fieldsOf = await this.customFields.shown('customer', rows);
    return rows.map((row) => ({ ...row, salesRepresentativeIds: representatives.get(row.id) ?? [], fields: fieldsOf(row) }));
  }
}
