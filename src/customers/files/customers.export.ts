import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { CustomFieldValues, type FieldValues } from '../../custom-fields/index.js';
import { anyField, type ExportColumn, exportedFieldColumns, ExportProfile, membersFor } from '../../import-export/index.js';
import type { Customer } from '../customer.entity.js';
import { customerListing } from '../customers.listing.js';
import { CustomerPermission } from '../customers.permissions.js';
import { CustomersRepository } from '../customers.repository.js';

const READ = ['id', 'organizationId', 'name', 'parentId', 'ownerId', 'internalRating', 'externalId', 'customFields'] as const;

interface Read extends Pick<Customer, (typeof READ)[number]> {
  readonly groupName: string | null;
}

interface ExportedCustomer extends Read {
  readonly fields: FieldValues;
}

/** How customers are exported: into files that an import leaves unchanged. */
@Injectable()
export class CustomerExport extends ExportProfile<Read, ExportedCustomer> {
  readonly entity = 'customers';
  readonly label = 'customers';
  readonly view = CustomerPermission.view;
  readonly listing = customerListing;
  readonly columns: readonly ExportColumn<ExportedCustomer>[] = [
    { header: 'Id', member: 'id', value: ({ id }) => id },
    { header: 'Name', member: 'name', value: ({ name }) => name },
    { header: 'Parent Id', member: 'parentId', value: ({ parentId }) => parentId },
    { header: 'Group Name', member: 'groupName', value: ({ groupName }) => groupName },
    { header: 'Owner Id', member: 'ownerId', value: ({ ownerId }) => ownerId },
    { header: 'Internal rating Id', member: 'internalRating', value: ({ internalRating }) => internalRating },
    { header: 'External Id', member: 'externalId', value: ({ externalId }) => externalId, onRequest: true },
  ];

  constructor(
    private readonly customers: CustomersRepository,
    private readonly customFields: CustomFieldValues,
  ) {
    super();
  }

  override async columnsFor(organizationId: number): Promise<readonly ExportColumn<ExportedCustomer>[]> {
    return [
      ...this.columns,
      ...exportedFieldColumns<ExportedCustomer>(
        await this.customFields.of('customer', organizationId),
        this.columns,
        ({ fields }) => fields,
      ),
    ];
  }

  override reads(asked: ReadonlySet<string>) {
    return membersFor(READ, asked);
  }

  query(): SelectQueryBuilder<Customer> {
    return this.customers
      .reached(CustomerPermission.view)
      .leftJoin('customer_groups', 'belonging', 'belonging.id = customer.groupId')
      .addSelect('belonging.name', 'groupName');
  }

  async rowsOf(customers: readonly Read[], asked: ReadonlySet<string>): Promise<ExportedCustomer[]> {
    const fieldsOf = anyField(asked) ? await this.customFields.shown('customer', customers) : () => ({});
    return customers.map((customer) => Object.assign(customer, { fields: fieldsOf(customer) }));
  }
}
