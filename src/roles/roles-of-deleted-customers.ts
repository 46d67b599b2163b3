import { Injectable } from '@nestjs/common';
import { CustomerDeleted } from '../customers/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { ListensTo } from '../platform/events/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleWriting } from './role-writing.js';

/** The roles of a customer go with it: nobody else may have them, and who has one keeps the customer from being deleted. */
@Injectable()
export class RolesOfDeletedCustomers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly writing: RoleWriting,
  ) {}

  @ListensTo(CustomerDeleted)
  async remove({ customerId }: CustomerDeleted): Promise<void> {
    const roles = await this.work.repository(CustomerUserRole).find({ where: { customerId }, order: { id: 'ASC' } });
    for (const role of roles) await this.writing.remove(role);
  }
}
