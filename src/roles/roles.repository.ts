import { Injectable } from '@nestjs/common';
import { Brackets, In, type SelectQueryBuilder } from 'typeorm';
import { CUSTOMERS_BELOW } from '../customers/index.js';
import { type Permission, ReachedRows, within } from '../platform/authorization/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../platform/database/index.js';
import { CustomerUserRole, CustomerUserRoleAssignment } from './customer-user-role.entity.js';
import { CodeTaken, CustomizedAlready, LabelTaken, RoleInUse } from './roles.errors.js';
import { RolePermission } from './roles.permissions.js';

/** Customer users see the roles of the customers that they reach and, of the predefined ones, those that are public. */
@Injectable()
export class RolesRepository extends ReachedRows<CustomerUserRole> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: CustomerUserRole,
      alias: 'role',
      view: RolePermission.view,
      columns: {
        organization: 'role.organizationId',
        customer: 'COALESCE(role.customerId, :reachCustomer)',
        below: CUSTOMERS_BELOW,
      },
    });
  }

  override reached(permission: Permission = RolePermission.view): SelectQueryBuilder<CustomerUserRole> {
    const query = super.reached(permission);
    if (this.context.principal().side === 'backend') return query;
    return query.andWhere(
      new Brackets((shown) => shown.where('role.customerId IS NOT NULL').orWhere('role.public = :public', { public: true })),
    );
  }

  /** Roles of an organization, which nobody changes or deletes until the open unit of work, if there is one, ends; whoever acts. */
  findAll(organizationId: number, ids: readonly number[]): Promise<CustomerUserRole[]> {
    if (ids.length === 0) return Promise.resolve([]);
    const lock = this.work.forUpdate && ({ mode: 'pessimistic_read' } as const);
    const where = { organizationId, id: In([...new Set(ids)]) };
    return this.work.repository(CustomerUserRole).find({ where, order: { id: 'ASC' }, lock });
  }

  /** Whether a role of the organization has the code, or another one of the customer the label; `customerKey` 0 are the predefined ones. */
  async has(organizationId: number, taken: { code: string } | { customerKey: number; label: string }): Promise<boolean> {
    return this.work.repository(CustomerUserRole).existsBy({ organizationId, ...taken });
  }

  /** A customer's copy of a predefined role; whoever acts. */
  async findCopy(originalId: number, customerKey: number): Promise<CustomerUserRole | undefined> {
    return (await this.work.repository(CustomerUserRole).findOneBy({ originalId, customerKey })) ?? undefined;
  }

  save(role: CustomerUserRole): Promise<CustomerUserRole> {
    const taken = {
      uq_customer_user_roles_label: () => new LabelTaken(),
      uq_customer_user_roles_code: () => new CodeTaken(),
      uq_customer_user_roles_original: () => new CustomizedAlready(),
    };
    return refusingDuplicates(this.work.manager, taken, () => this.work.repository(CustomerUserRole).save(role));
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(CustomerUserRole)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new RoleInUse() : error;
      });
  }

  /** How many customer users have each role, of those in the organizations and customers whose roles the caller sees; he sees no guests among his own. */
  async counts(ids: readonly number[]): Promise<Map<number, number>> {
    if (ids.length === 0) return new Map();
    const query = this.work.repository(CustomerUserRoleAssignment).createQueryBuilder('assignment');
    const columns = { organization: 'person.organization_id', customer: 'person.customer_id', below: CUSTOMERS_BELOW };
    const principal = this.context.principal();
    if (principal.side === 'storefront') query.andWhere('person.guest = :guest', { guest: false });
    const rows = await within(query, principal, RolePermission.view, columns)
      .innerJoin('customer_users', 'person', 'person.id = assignment.customerUserId')
      .andWhere('assignment.roleId IN (:...ids)', { ids: [...ids] })
      .select('assignment.roleId', 'roleId')
      .addSelect('COUNT(*)', 'count')
      .groupBy('assignment.roleId')
      .getRawMany<{ roleId: number | string; count: number | string }>();
    return new Map(rows.map(({ roleId, count }) => [Number(roleId), Number(count)]));
  }
}
