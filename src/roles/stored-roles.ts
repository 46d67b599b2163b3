import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { type StoredRole, StoredRoles } from '../platform/authorization/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';

/** Rows of one step. */
const STEP = 500;

/** What every role of customer users holds. */
@Injectable()
export class StoredCustomerUserRoles extends StoredRoles {
  constructor(private readonly work: UnitOfWork) {
    super();
  }

  async *all(): AsyncIterable<readonly StoredRole[]> {
    const select = { id: true, code: true, matrix: true } as const;
    for (let after = 0, rows: CustomerUserRole[]; ; after = rows.at(-1)?.id ?? after) {
      rows = await this.work
        .repository(CustomerUserRole)
        .find({ select, where: { id: MoreThan(after) }, order: { id: 'ASC' }, take: STEP });
      yield rows.map(({ id, code, matrix }) => ({ name: `customer user role ${id} (${code})`, side: 'storefront', matrix }) as const);
      if (rows.length < STEP) return;
    }
  }
}
