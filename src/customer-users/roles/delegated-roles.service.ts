import { Injectable } from '@nestjs/common';
import { Customers } from '../../customers/index.js';
import type { Permission } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import {
  type Customization,
  CustomerUserRoles,
  CustomizedRoles,
  type RoleMatrixView,
  RolePermission,
  type RoleView,
} from '../../roles/index.js';
import { CustomerMissing } from '../customer-users.errors.js';
import { CustomerAdministrators } from './customer-administrators.js';

/** The roles of a customer in the hands of its own people. */
@Injectable()
export class DelegatedRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: CustomerUserRoles,
    private readonly customized: CustomizedRoles,
    private readonly administrators: CustomerAdministrators,
    private readonly customers: Customers,
    private readonly context: CurrentContext,
  ) {}

  /**
   * Edits a role of the caller's customer, or of one that he reaches. Of a predefined one that customer gets a copy, to which all of its
   * people who have the original move, in the same transaction; `customerId` says which one, the caller's own when left out. Throws
   * `NotFound`, `PermissionMissing`, `NotSelfManaged`, `InvalidInput`, `AboveOwnRights`, `LabelTaken`, `LastAdministrator`, and `stale` for
   * an outdated `If-Match`.
   */
  edit(id: number, change: Customization, customerId?: number): Promise<{ role: RoleView; permissions: RoleMatrixView }> {
    return this.work.run(async () => {
      const of = (await this.roles.get(id)).customerId ?? (await this.reachable(customerId, RolePermission.edit));
      return this.administrators.keepOne([of], () => this.customized.edit(id, of, change));
    });
  }

  /** A role that allows nothing yet, for the caller's customer or one that he reaches. Throws `CustomerMissing`, `LabelTaken`. */
  async create({ label, customerId }: { label: string; customerId?: number }): Promise<RoleView> {
    return this.customized.create(await this.reachable(customerId, RolePermission.create), label);
  }

  /** A role for the caller's customer, or one that he reaches, which allows what another one does. Throws `NotFound` as well. */
  async clone(id: number, { label, customerId }: { label?: string; customerId?: number } = {}): Promise<RoleView> {
    return this.customized.clone(id, await this.reachable(customerId, RolePermission.create), label);
  }

  /** Throws `NotFound`, `PermissionMissing`, `PredefinedKept`, `RoleInUse`. */
  remove(id: number): Promise<void> {
    return this.customized.remove(id);
  }

  /** The caller's customer, or one that he names and for whose roles he holds `permission`. */
  private async reachable(wanted: number | undefined, permission: Permission): Promise<number> {
    const { customerId: own } = this.context.principal();
    const customerId = wanted ?? own;
    if (customerId === undefined) throw new CustomerMissing();
    if (customerId !== own && !(await this.customers.reaches(customerId, permission))) throw new CustomerMissing();
    return customerId;
  }
}
