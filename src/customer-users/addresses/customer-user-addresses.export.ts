import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { AddressExport } from '../../customers/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { CustomerUserAddressPermission, CustomerUserPermission } from '../customer-users.permissions.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';

/** How the addresses of customer users are exported. */
@Injectable()
export class CustomerUserAddressExport extends AddressExport {
  readonly entity = 'customer-user-addresses';
  readonly label = 'addresses of customer users';
  readonly view = CustomerUserAddressPermission.view;

  constructor(
    work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
  ) {
    super(work, {
      member: 'customerUserId',
      header: 'Customer User Id',
      table: 'customer_users',
      called: { header: 'Email Address', member: 'email', column: 'email' },
    });
  }

  protected reached(): SelectQueryBuilder<{ id: number }>[] {
    return [CustomerUserAddressPermission.view, CustomerUserPermission.view].map((permission) =>
      this.people.reached(permission).select('person.id'),
    );
  }
}
