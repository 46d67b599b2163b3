import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { StoredRights, type StoredMatrix } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { cut } from '../platform/database/index.js';
import { History } from '../platform/history/index.js';
import { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleCodes } from './role-codes.js';
import { type RecordedRole, ROLE_HISTORY } from './roles.history.js';
import { RolesRepository } from './roles.repository.js';

const MOST_LABEL = 255;

export type RoleMembers = Pick<CustomerUserRole, 'organizationId' | 'customerId' | 'label' | 'selfManaged' | 'public'> &
  Partial<Pick<CustomerUserRole, 'originalId'>> &
  StoredMatrix;
type RoleEdit = Partial<Omit<RoleMembers, 'organizationId'> & Pick<CustomerUserRole, 'code'>>;

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
        originalId: null,
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

  /** The same role once more: for a customer, or predefined. */
  async copy(original: CustomerUserRole, customerId: number | null, change: Partial<RoleMembers> = {}): Promise<CustomerUserRole> {
    const { organizationId, selfManaged, public: shown, root, matrix } = original;
    const label = change.label ?? (await this.freeLabel(organizationId, customerId, original.label));
    return this.add({ organizationId, customerId, selfManaged, public: shown, root, matrix, ...change, label });
  }

  /** Where nothing differs, nothing is written. */
  async keep(role: CustomerUserRole, edit: RoleEdit): Promise<CustomerUserRole> {
    const before = { ...role };
    Object.assign(role, Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)));
    role.customerKey = role.customerId ?? 0;
    // Whose copy it was is no matter to another customer.
    if (role.customerId !== before.customerId) role.originalId = null;
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

  /** With a number where another role of the customer has the label. */
  private async freeLabel(organizationId: number, customerId: number | null, label: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const ending = number === 1 ? '' : ` (${number})`;
      const wanted = cut(label, MOST_LABEL - ending.length) + ending;
      if (!(await this.roles.has(organizationId, { customerKey: customerId ?? 0, label: wanted }))) return wanted;
    }
  }
}
