import { Injectable } from '@nestjs/common';
import { cell, type ImportContext, type ImportRow } from '../../import-export/index.js';
import { findMany, UnitOfWork } from '../../platform/database/index.js';
import { AddressImport, type AddressOwners } from './address-import.js';
import { addressColumns, type AddressRow } from './address-import-row.js';
import { AddressImportWriting } from './address-import-writing.js';
import { Customer } from '../customer.entity.js';
import { CustomerAddressPermission, CustomerPermission } from '../customers.permissions.js';
import { CustomersRepository } from '../customers.repository.js';

/** How a row names the customer. */
export interface CustomerNamed {
  customerId: number;
  customerName: string;
}

type Row = ImportRow<AddressRow & CustomerNamed>;

@Injectable()
export class CustomerAddressImport extends AddressImport<CustomerNamed> {
  readonly entity = 'customer-addresses';
  readonly label = 'addresses of customers';
  readonly kind = 'customer';
  readonly view = CustomerAddressPermission.view;
  readonly columns = addressColumns<AddressRow & CustomerNamed>([
    { header: 'Customer Id', member: 'customerId', read: cell.id(), example: '' },
    { header: 'Customer Name', member: 'customerName', read: cell.line(255), example: 'Acme Industrial' },
  ]);
  protected readonly ownerMembers = ['customerId', 'customerName'] as const;

  constructor(
    writing: AddressImportWriting,
    private readonly work: UnitOfWork,
    customers: CustomersRepository,
  ) {
    super(writing, CustomerAddressPermission, { rows: customers, view: CustomerPermission.view });
  }

  protected async owners(
    rows: readonly Row[],
    ids: readonly number[],
    { principal }: ImportContext,
  ): Promise<AddressOwners<CustomerNamed>> {
    const { organizationId } = principal;
    const by = (member: 'id' | 'name', values: readonly (string | number)[]) =>
      findMany(this.work.manager, Customer, member, [...new Set(values)], {
        where: { organizationId },
        select: ['id', 'name'],
        forUpdate: true,
      });
    const named = await by(
      'name',
      rows.flatMap(({ draft }) => (draft.customerId === undefined ? (draft.customerName ?? []) : [])),
    );
    const found = [...(await by('id', [...ids, ...rows.flatMap(({ draft }) => draft.customerId ?? [])])), ...named];
    const { seen, reached } = await this.reach(
      organizationId,
      found.map(({ id }) => id),
    );
    const byName = new Map<string, number[]>();
    for (const { id, name } of named) if (seen.has(id)) byName.set(name, [...(byName.get(name) ?? []), id]);
    return { named: (row) => ownerOf(row, seen, byName), reached };
  }

  /** A customer's version does not tell of its addresses. */
  protected touch(): Promise<void> {
    return Promise.resolve();
  }
}

function ownerOf(row: Row, seen: ReadonlySet<number>, byName: ReadonlyMap<string, readonly number[]>): number | undefined {
  const { customerId, customerName } = row.draft;
  if (customerId !== undefined) {
    if (seen.has(customerId)) return customerId;
    row.refuse('customerId', 'addresses.customer_unknown', 'there is no such customer');
    return undefined;
  }
  if (customerName === undefined || row.has('customerId')) return undefined;
  const named = byName.get(customerName) ?? [];
  // With the id of an address, the name is for people to read.
  if (row.draft.addressId !== undefined) return named.length === 1 ? named[0] : undefined;
  if (named.length === 1) return named[0];
  if (named.length > 1) row.refuse('customerName', 'addresses.customer_ambiguous', 'several customers are called so: give the Customer Id');
  else row.refuse('customerName', 'addresses.customer_unknown', 'there is no customer of this name');
  return undefined;
}
