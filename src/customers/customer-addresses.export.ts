import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { Users } from '../users/index.js';
import { AddressExport } from './address-export.js';
import { CustomerAddressPermission, CustomerPermission } from './customers.permissions.js';
import { CustomersRepository } from './customers.repository.js';

interface Owner {
  readonly id: number;
  readonly name: string;
  readonly ownerUsername: string | null;
}

@Injectable()
export class CustomerAddressExport extends AddressExport<Owner> {
  readonly entity = 'customer-addresses';
  readonly label = 'addresses of customers';
  readonly view = CustomerAddressPermission.view;

  constructor(
    work: UnitOfWork,
    private readonly customers: CustomersRepository,
    private readonly users: Users,
  ) {
    super(work, 'customer', [
      { header: 'Customer Id', member: 'customerId', value: ({ owner }) => owner?.id ?? null },
      { header: 'Customer Name', member: 'customerName', value: ({ owner }) => owner?.name ?? null },
      { header: 'Owner Username', member: 'ownerUsername', value: ({ owner }) => owner?.ownerUsername ?? null },
    ]);
  }

  protected owners(): SelectQueryBuilder<{ id: number }>[] {
    return [CustomerAddressPermission.view, CustomerPermission.view].map((permission) =>
      this.customers.reached(permission).select('customer.id'),
    );
  }

  protected async called(ids: readonly number[]): Promise<ReadonlyMap<number, Owner>> {
    const customers = await this.customers.findAll(ids);
    const people = await this.users.addressesOf(customers.flatMap(({ ownerId }) => ownerId ?? []));
    return new Map(
      customers.map(({ id, name, ownerId }) => [id, { id, name, ownerUsername: ownerId === null ? null : (people.get(ownerId) ?? null) }]),
    );
  }
}
