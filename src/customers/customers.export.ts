import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { CustomFieldValues, type FieldValues } from '../custom-fields/index.js';
import { type ExportColumn, exportedFieldColumns, ExportProfile } from '../import-export/index.js';
import { CustomerGroupsRepository } from './customer-groups.repository.js';
import type { Customer } from './customer.entity.js';
import { customerListing } from './customers.listing.js';
import { CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

interface ExportedCustomer {
  readonly customer: Customer;
  readonly groupName: string | null;
  readonly fields: FieldValues;
}

/** How customers are exported: into files that an import leaves unchanged. */
@Injectable()
export class CustomerExport extends ExportProfile<Customer, ExportedCustomer> {
  readonly entity = 'customers';
  readonly label = 'customers';
  readonly view = CustomerPermission.view;
  readonly listing = customerListing;
  readonly columns: readonly ExportColumn<ExportedCustomer>[] = [
    { header: 'Id', member: 'id', value: ({ customer }) => customer.id },
    { header: 'Name', member: 'name', value: ({ customer }) => customer.name },
    { header: 'Parent Id', member: 'parentId', value: ({ customer }) => customer.parentId },
    { header: 'Group Name', member: 'groupName', value: ({ groupName }) => groupName },
    { header: 'Owner Id', member: 'ownerId', value: ({ customer }) => customer.ownerId },
    { header: 'Internal rating Id', member: 'internalRating', value: ({ customer }) => customer.internalRating },
    { header: 'External Id', member: 'externalId', value: ({ customer }) => customer.externalId, onRequest: true },
  ];

  constructor(
    private readonly customers: CustomersRepository,
    private readonly groups: CustomerGroupsRepository,
    private readonly customFields: CustomFieldValues,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ExportColumn<ExportedCustomer>[]> {
    return [
      ...this.columns,
      ...exportedFieldColumns<ExportedCustomer>(await this.customFields.of('customer', organizationId), ({ fields }) => fields),
    ];
  }

  query(): SelectQueryBuilder<Customer> {
    return this.customers.reached(CustomerPermission.view);
  }

  async rowsOf(customers: readonly Customer[]): Promise<ExportedCustomer[]> {
    const groups = await this.groups.findAll(customers.flatMap(({ groupId }) => groupId ?? []));
    const names = new Map(groups.map(({ id, name }) => [id, name]));
    const fieldsOf = await this.customFields.shown('customer', customers);
    return customers.map((customer) => ({
      customer,
      groupName: customer.groupId === null ? null : (names.get(customer.groupId) ?? null),
      fields: fieldsOf(customer),
    }));
  }

  widths(): Promise<Record<string, number>> {
    return Promise.resolve({});
  }
}
