import { Injectable } from '@nestjs/common';
import { PermissionCatalog, type StoredMatrix, StoredRights } from '../platform/authorization/index.js';
import type { PermissionMatrix } from '../platform/context/index.js';
import { cut, UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import type { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleCeiling } from './role-ceiling.js';
import { RoleViews } from './role-views.js';
import { RoleWriting } from './role-writing.js';
import { RoleMatrixView, type RoleView } from './roles.dto.js';
import { NotSelfManaged } from './roles.errors.js';
import { CustomerUserRoleCustomized } from './roles.events.js';
import { RolePermission } from './roles.permissions.js';
import { RolesRepository } from './roles.repository.js';

const MOST_LABEL = 255;

/** What a customer changes of a role for himself. */
export interface Customization {
  label?: string;
  matrix?: PermissionMatrix;
}

/**
 * The edit of roles by those whom they are for. A predefined role stays as it is for every other customer: the one who edits it gets a
 * copy, which his people have in place of it from then on.
 */
@Injectable()
export class CustomizedRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: RolesRepository,
    private readonly writing: RoleWriting,
    private readonly views: RoleViews,
    private readonly rights: StoredRights,
    private readonly catalog: PermissionCatalog,
    private readonly ceiling: RoleCeiling,
    private readonly events: Events,
  ) {}

  /**
   * Edits a role for a customer, who is the caller's or one that he reaches; part of an open unit of work, or one of its own. Answers the
   * role that the customer has from now on. Throws `NotFound`, `PermissionMissing`, `NotSelfManaged`, `InvalidInput`, `AboveOwnRights`,
   * `LabelTaken`, and `stale` for an outdated `If-Match`.
   */
  edit(id: number, customerId: number, { label, matrix }: Customization): Promise<{ role: RoleView; permissions: RoleMatrixView }> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, RolePermission.edit);
      if (!role.selfManaged) throw new NotSelfManaged();
      if (matrix) this.refuse(role, matrix);
      const edited = await this.carryOut(role, customerId, { ...(label !== undefined && { label }), ...this.matrixChange(role, matrix) });
      return { role: await this.views.of(edited), permissions: new RoleMatrixView(this.rights.of('storefront', edited), edited.version) };
    });
  }

  private refuse(role: CustomerUserRole, matrix: PermissionMatrix): void {
    this.catalog.refuseUnknown('storefront', matrix);
    this.ceiling.refuseRole(matrix, this.rights.of('storefront', role));
  }

  private matrixChange(role: CustomerUserRole, matrix: PermissionMatrix | undefined): Partial<StoredMatrix> {
    const next = matrix && this.rights.kept('storefront', matrix);
    return next && !this.rights.areSame('storefront', role, next) ? next : {};
  }

  private async carryOut(role: CustomerUserRole, customerId: number, change: Partial<StoredMatrix> & { label?: string }) {
    if (role.customerId !== null) return this.writing.keep(role, change);
    const isChange = change.root !== undefined || (change.label ?? role.label) !== role.label;
    return isChange ? this.copy(role, customerId, change) : role;
  }

  private async copy(original: CustomerUserRole, customerId: number, change: Partial<CustomerUserRole>): Promise<CustomerUserRole> {
    const { organizationId, selfManaged, root, matrix } = original;
    const label = change.label ?? (await this.freeLabel(organizationId, customerId, original.label));
    const members = { organizationId, customerId, selfManaged, public: true, root, matrix, ...change, label };
    const copy = await this.writing.add(members);
    await this.events.record(new CustomerUserRoleCustomized(original.id, copy.id, customerId));
    return copy;
  }

  /** The original's, unless a role of the customer has it. */
  private async freeLabel(organizationId: number, customerId: number, label: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const ending = number === 1 ? '' : ` (${number})`;
      const wanted = cut(label, MOST_LABEL - ending.length) + ending;
      if (!(await this.roles.has(organizationId, { customerKey: customerId, label: wanted }))) return wanted;
    }
  }
}
