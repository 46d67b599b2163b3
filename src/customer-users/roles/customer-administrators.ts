import { Injectable } from '@nestjs/common';
import { Customers } from '../../customers/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { CustomerUserRoles, RolePermission } from '../../roles/index.js';
import { CustomerUser } from '../customer-user.entity.js';
import { LastAdministrator } from '../customer-users.errors.js';
import { CustomerUserPermission } from '../customer-users.permissions.js';

/** What makes an administrator of a customer: to change its people, and what their roles allow. */
const ADMINISTERS = [CustomerUserPermission.edit, RolePermission.edit];

const HAS_ONE_OF = (roles: string) =>
  `EXISTS (SELECT 1 FROM customer_user_role_assignments held WHERE held.customer_user_id = person.id AND held.role_id IN (:...${roles}))`;

/** Those of a customer who can look after all of its people: without one of them, it could not help itself any more. */
@Injectable()
export class CustomerAdministrators {
  constructor(
    private readonly work: UnitOfWork,
    private readonly customers: Customers,
    private readonly roles: CustomerUserRoles,
    private readonly context: CurrentContext,
  ) {}

  /**
   * Carries out, in the open unit of work, what may take the last enabled administrator from one of these customers. Refuses it if it
   * does and a customer user acts: a console user may, as he can make another. Acts of this kind on a customer wait for each other, so
   * two administrators who demote each other at once do not both succeed. Throws `LastAdministrator`.
   */
  async keepOne<T>(customerIds: readonly number[], act: () => Promise<T>): Promise<T> {
    if (this.context.findPrincipal()?.side !== 'storefront') return act();
    const ids = [...new Set(customerIds)];
    await this.customers.hold(ids);
    const administered = await this.administered(ids);
    const result = await act();
    if ((await this.administered(administered)).length < administered.length) throw new LastAdministrator();
    return result;
  }

  /** The same for an act on one of a customer's people. */
  async keepOneBeside<T>(customerUserId: number, act: () => Promise<T>): Promise<T> {
    if (this.context.findPrincipal()?.side !== 'storefront') return act();
    const where = { id: customerUserId };
    const person = await this.work.repository(CustomerUser).findOne({ where, select: { id: true, customerId: true } });
    return this.keepOne(person ? [person.customerId] : [], act);
  }

  private async administered(ids: readonly number[]): Promise<number[]> {
    const found: number[] = [];
    for (const id of ids) if (await this.hasOne(id)) found.push(id);
    return found;
  }

  private async hasOne(customerId: number): Promise<boolean> {
    const { organizationId } = this.context.principal();
    const [editors = [], roleEditors = []] = await this.roles.giving(organizationId, customerId, ADMINISTERS, 'customer');
    if (editors.length === 0 || roleEditors.length === 0) return false;
    return this.work
      .repository(CustomerUser)
      .createQueryBuilder('person')
      .where({ customerId, enabled: true, confirmed: true, guest: false })
      .andWhere(HAS_ONE_OF('editors'), { editors })
      .andWhere(HAS_ONE_OF('roleEditors'), { roleEditors })
      .getExists();
  }
}
