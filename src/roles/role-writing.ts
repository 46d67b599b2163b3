import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { StoredRights, type StoredMatrix } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { History } from '../platform/history/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleCodes } from './role-codes.js';
import { type RecordedRole, ROLE_HISTORY } from './roles.history.js';
import { RolesRepository } from './roles.repository.js';

export type RoleMembers = Pick<CustomerUserRole, 'organizationId' | 'customerId' | 'label' | 'selfManaged' | 'public'> & StoredMatrix;
type RoleEdit = Partial<Omit<RoleMembers, 'organizationId'>>;

/** What belongs to every change of a role, whoever acts. */
@Injectable()
export class RoleWriting {
  constructor(
    private readonly roles: RolesRepository,
    private readonly codes: RoleCodes,
    private readonly rights: StoredRights,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** A new role; `code` where one is chosen. */
  async add(members: RoleMembers, code?: string): Promise<CustomerUserRole> {
    const { organizationId, customerId, label } = members;
    const now = this.clock.now();
    const saved = await this.roles.save(
      Object.assign(new CustomerUserRole(), {
        ...members,
        code: code ?? (await this.codes.codeFor(organizationId, customerId, label)),
        customerKey: customerId ?? 0,
        createdAt: now,
        updatedAt: now,
      }),
    );
    await this.history.created(ROLE_HISTORY, this.recorded(saved));
    return saved;
  }

  /** Where nothing differs, nothing is written. */
  async keep(role: CustomerUserRole, edit: RoleEdit): Promise<CustomerUserRole> {
    const before = { ...role };
    Object.assign(role, Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)));
    role.customerKey = role.customerId ?? 0;
    if (isDeepStrictEqual({ ...role }, before)) return role;
    const saved = await this.roles.save(Object.assign(role, { updatedAt: this.clock.now() }));
    await this.history.changed(ROLE_HISTORY, this.recorded(before), this.recorded(saved));
    return saved;
  }

  async remove(role: CustomerUserRole): Promise<void> {
    const recorded = this.recorded({ ...role });
    await this.roles.remove(role.id);
    await this.history.deleted(ROLE_HISTORY, recorded);
  }

  private recorded(role: CustomerUserRole): RecordedRole {
    return { ...role, ...this.rights.of('storefront', role) };
  }
}
