import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { UnitOfWork } from '../../platform/database/index.js';
import { AddressExport } from './address-export.js';
import { CustomerAddressPermission, CustomerPermission } from '../customers.permissions.js';
import { CustomersRepository } from '../customers.repository.js';

@Injectable()
export class CustomerAddressExport extends AddressExport {
  readonly entity = 'customer-addresses';
  readonly label = 'addresses of customers';
  readonly view = CustomerAddressPermission.view;

  constructor(
    work: UnitOfWork,
    private readonly customers: CustomersRepository,
  ) {
    super(work, {
      member: 'customerId',
      header: 'Customer Id',
      table: 'customers',
      called: { header: 'Customer Name', member: 'customerName', column: 'name' },
    });
  }

  protected reached(): SelectQueryBuilder<{ id: number }>[] {
    return [CustomerAddressPermission.view, CustomerPermission.view].map((permission) =>
      this.customers.reached(permission).select('customer.id'),
    );
  }
}
