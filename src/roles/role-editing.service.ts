import { Injectable } from '@nestjs/common';
import { Customers } from '../customers/index.js';
import { OrganizationChoice, Websites } from '../organizations/index.js';
import { PermissionCatalog, StoredRights } from '../platform/authorization/index.js';
import type { PermissionMatrix } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, type MemberFault } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import type { Checked } from '../platform/http/index.js';
import type { CustomerUserRole } from './customer-user-role.entity.js';
import { RoleCeiling } from './role-ceiling.js';
import { RoleViews } from './role-views.js';
import { RoleWriting } from './role-writing.js';
import { type RoleChange, type RoleClone, type RoleDraft, RoleMatrixView, type RoleView } from './roles.dto.js';
import { customerUnknown, WebsiteRoleKept } from './roles.errors.js';
import { CustomerUserRoleGivenToCustomer } from './roles.events.js';
import { RolePermission } from './roles.permissions.js';
import { RolesRepository } from './roles.repository.js';

/** The edit of roles by the merchant, for every customer or for one. */
@Injectable()
export class RoleEditing {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: RolesRepository,
    private readonly writing: RoleWriting,
    private readonly views: RoleViews,
    private readonly rights: StoredRights,
    private readonly catalog: PermissionCatalog,
    private readonly ceiling: RoleCeiling,
    private readonly customers: Customers,
    private readonly websites: Websites,
    private readonly choice: OrganizationChoice,
    private readonly events: Events,
  ) {}

  /** A role that allows nothing yet. */
  create({ members, faults }: Checked<RoleDraft>): Promise<RoleView> {
    return this.work.run(async () => {
      const { label, code, customerId = null, selfManaged = true, public: shown = true } = members;
      const organizationId = await this.choice.choose(RolePermission.create, members.organizationId, faults);
      await this.refuse(organizationId, customerId, faults);
      const matrix: PermissionMatrix = { permissions: {}, capabilities: {} };
      return this.views.of(
        await this.writing.add({ organizationId, customerId, label, selfManaged, public: shown, root: 'none', matrix }, code),
      );
    });
  }

  /** Given to one customer, a role is taken from the people of all others. */
  change(id: number, { members, faults }: Checked<RoleChange>): Promise<RoleView> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, RolePermission.edit);
      const { customerId } = members;
      const moves = customerId !== undefined && customerId !== role.customerId;
      await this.refuse(role.organizationId, moves ? customerId : null, faults);
      if (moves && customerId !== null) await this.refuseWebsiteRole(role);
      const saved = await this.writing.keep(role, members);
      if (moves && customerId !== null) await this.events.record(new CustomerUserRoleGivenToCustomer(id, customerId));
      return this.views.of(saved);
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, RolePermission.delete);
      await this.refuseWebsiteRole(role);
      await this.writing.remove(role);
    });
  }

  /** Replaces all that the role allows. */
  replacePermissions(id: number, given: PermissionMatrix): Promise<RoleMatrixView> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, RolePermission.edit);
      this.refuseMatrix(role, given);
      const next = this.rights.kept('storefront', given);
      const saved = this.rights.areSame('storefront', role, next) ? role : await this.writing.keep(role, next);
      return new RoleMatrixView(this.rights.of('storefront', saved), saved.version);
    });
  }

  /** All that the role would allow with this matrix; throws what putting it would. */
  async foresee(id: number, given: PermissionMatrix): Promise<{ organizationId: number; rights: PermissionMatrix }> {
    const role = await this.roles.getFor(id, RolePermission.edit);
    this.refuseMatrix(role, given);
    return { organizationId: role.organizationId, rights: this.rights.of('storefront', this.rights.kept('storefront', given)) };
  }

  private refuseMatrix(role: CustomerUserRole, given: PermissionMatrix): void {
    this.catalog.refuseUnknown('storefront', given);
    this.ceiling.refuseRole(given, this.rights.of('storefront', role));
  }

  /** A role that allows what another one does, and nobody has; for the same customer when none is named. */
  clone(id: number, { members: { label, customerId: wanted }, faults }: Checked<RoleClone>): Promise<RoleView> {
    return this.work.run(async () => {
      const original = await this.roles.get(id);
      const customerId = wanted === undefined ? original.customerId : wanted;
      await this.refuse(original.organizationId, customerId, faults);
      const copy = await this.writing.copy(original, customerId, label === undefined ? {} : { label });
      return this.views.of(copy);
    });
  }

  private async refuse(organizationId: number, customerId: number | null, known: readonly MemberFault[]): Promise<void> {
    const isKnown = customerId === null || (await this.customers.findReached(customerId, organizationId));
    const faults = isKnown ? known : [...known, customerUnknown];
    if (faults.length > 0) throw new InvalidInput(faults);
  }

  private async refuseWebsiteRole({ id, organizationId }: CustomerUserRole): Promise<void> {
    const websites = await this.websites.ofOrganization(organizationId);
    if (websites.some(({ defaultRoleId, guestRoleId }) => defaultRoleId === id || guestRoleId === id)) throw new WebsiteRoleKept();
  }
}
