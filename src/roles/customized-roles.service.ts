import { Injectable } from '@nestjs/common';
import { PermissionCatalog, type StoredMatrix, StoredRights } from '../platform/authorization/index.js';
import { CurrentContext, type PermissionMatrix } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import type { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleCeiling } from './role-ceiling.js';
import { RoleViews } from './role-views.js';
import { RoleWriting } from './role-writing.js';
import { RoleMatrixView, type RoleView } from './roles.dto.js';
import { CustomizedAlready, NotSelfManaged, PredefinedKept } from './roles.errors.js';
import { CustomerUserRoleCustomized } from './roles.events.js';
import { RolePermission } from './roles.permissions.js';
import { RolesRepository } from './roles.repository.js';

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
    private readonly context: CurrentContext,
  ) {}

  /**
   * Edits a role for a customer, who is the caller's or one that he reaches; part of an open unit of work, or one of its own. Answers the
   * role that the customer has from now on. Throws `CustomizedAlready` where it has a copy of it, `NotFound`, `PermissionMissing`, `NotSelfManaged`, `InvalidInput`, `AboveOwnRights`,
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

  /** A role of the caller's organization for a customer, that allows nothing yet. Throws `LabelTaken`. */
  create(customerId: number, label: string): Promise<RoleView> {
    return this.work.run(async () => {
      const { organizationId } = this.context.principal();
      const matrix: PermissionMatrix = { permissions: {}, capabilities: {} };
      const members = { organizationId, customerId, label, selfManaged: true, public: true, root: 'none', matrix } as const;
      return this.views.of(await this.writing.add(members));
    });
  }

  /** A role for a customer that allows what another one does, and nobody has. Throws `NotFound`, `LabelTaken`. */
  clone(id: number, customerId: number, label?: string): Promise<RoleView> {
    return this.work.run(async () => {
      const original = await this.roles.get(id);
      const members = { ...(label !== undefined && { label }), selfManaged: true, public: true };
      return this.views.of(await this.writing.copy(original, customerId, members));
    });
  }

  /** Predefined ones are the merchant's to delete. Throws `NotFound`, `PermissionMissing`, `PredefinedKept`, `RoleInUse`. */
  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, RolePermission.delete);
      if (role.customerId === null) throw new PredefinedKept();
      if (!role.selfManaged) throw new NotSelfManaged();
      await this.writing.remove(role);
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
    return isChange ? this.customize(role, customerId, change) : role;
  }

  private async customize(original: CustomerUserRole, customerId: number, change: Partial<StoredMatrix> & { label?: string }) {
    const existing = await this.roles.findCopy(original.id, customerId);
    if (existing) throw new CustomizedAlready(existing);
    const copy = await this.writing.copy(original, customerId, { ...change, public: true, originalId: original.id });
    await this.events.record(new CustomerUserRoleCustomized(original.id, copy.id, customerId));
    return copy;
  }
}
