import { Injectable } from '@nestjs/common';
import { CustomerUse } from '../customers/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CustomerUser } from './customer-user.entity.js';

/** A customer is not deleted while people act for it. */
@Injectable()
export class CustomersWithUsers extends CustomerUse {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async uses(customerId: number): Promise<readonly string[]> {
    return (await this.work.repository(CustomerUser).existsBy({ customerId })) ? ['customer users'] : [];
  }
}
