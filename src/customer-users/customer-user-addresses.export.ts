import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { AddressExport } from '../customers/index.js';
import { findMany, UnitOfWork } from '../platform/database/index.js';
import { Users } from '../users/index.js';
import { CustomerUser } from './customer-user.entity.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from './customer-users.permissions.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

interface Owner {
  readonly id: number;
  readonly email: string;
  readonly ownerUsername: string | null;
}

/** How the addresses of customer users are exported. */
@Injectable()
export class CustomerUserAddressExport extends AddressExport<Owner> {
  readonly entity = 'customer-user-addresses';
  readonly label = 'addresses of customer users';
  readonly view = CustomerUserAddressPermission.view;

  constructor(
    work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly users: Users,
  ) {
    super(work, 'customer_user', [
      { header: 'Customer User Id', member: 'customerUserId', value: ({ owner }) => owner?.id ?? null },
      { header: 'Email Address', member: 'email', value: ({ owner }) => owner?.email ?? null },
      { header: 'Owner Username', member: 'ownerUsername', value: ({ owner }) => owner?.ownerUsername ?? null },
    ]);
  }

  protected owners(): SelectQueryBuilder<{ id: number }>[] {
    return [CustomerUserAddressPermission.view, CustomerUserPermission.view].map((permission) =>
      this.people.reached(permission).select('person.id'),
    );
  }

  protected async called(ids: readonly number[]): Promise<ReadonlyMap<number, Owner>> {
    const people = await findMany(this.work.manager, CustomerUser, 'id', ids, { select: ['id', 'email', 'ownerId'] });
    const users = await this.users.addressesOf(people.flatMap(({ ownerId }) => ownerId ?? []));
    const nameOf = (ownerId: number | null) => (ownerId === null ? null : (users.get(ownerId) ?? null));
    return new Map(people.map(({ id, email, ownerId }) => [id, { id, email, ownerUsername: nameOf(ownerId) }]));
  }
}
