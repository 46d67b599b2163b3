import { Injectable } from '@nestjs/common';
import { OrganizationChoice } from '../organizations/index.js';
import { PermissionCatalog, StoredRights } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type PermissionMatrix } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { History, type HistoryRules } from '../platform/history/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { Administrators } from './administrators.js';
import { Delegation } from './delegation.js';
import { HeldRoles } from './held-roles.js';
import { UserRole } from './user-role.entity.js';
import { type UserRoleChange, type UserRoleDraft, UserRoleMatrixView, type UserRoleView } from './user-roles.dto.js';
import { OwnRoleKept, SharedRoleKept } from './user-roles.errors.js';
import { userRoleListing } from './user-roles.listing.js';
import { UserRolePermission } from './user-roles.permissions.js';
import { UserRolesRepository } from './user-roles.repository.js';

const HISTORY: HistoryRules<UserRole & PermissionMatrix> = {
  entity: 'user_role',
  members: ['label', 'organizationId', 'permissions', 'capabilities'],
};

@Injectable()
export class UserRoles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly roles: UserRolesRepository,
    private readonly rights: StoredRights,
    private readonly held: HeldRoles,
    private readonly delegation: Delegation,
    private readonly administrators: Administrators,
    private readonly catalog: PermissionCatalog,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<UserRoleView>> {
    const { rows, page } = await userRoleListing.page(this.roles.reached(), request);
    return { items: await this.views(rows), page };
  }

  async get(id: number): Promise<UserRoleView> {
    return this.view(await this.roles.get(id));
  }

  /** A role that allows nothing yet. */
  create({ label, organizationId: wanted }: UserRoleDraft): Promise<UserRoleView> {
    return this.work.run(async () => {
      const organizationId = await this.organizationFor(wanted);
      const now = this.clock.now();
      const matrix: PermissionMatrix = { permissions: {}, capabilities: {} };
      const role = {
        label,
        organizationId,
        organizationKey: organizationId ?? 0,
        root: 'none',
        matrix,
        createdAt: now,
        updatedAt: now,
      } as const;
      const saved = await this.roles.save(Object.assign(new UserRole(), role));
      await this.history.created(HISTORY, this.recorded(saved));
      return this.view(saved);
    });
  }

  change(id: number, { label }: UserRoleChange): Promise<UserRoleView> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, UserRolePermission.edit);
      return this.view(label === undefined || label === role.label ? role : await this.keep(role, { label }));
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const role = await this.roles.getForChange(id, UserRolePermission.delete);
      await this.roles.remove(id);
      await this.history.deleted(HISTORY, this.recorded(role));
    });
  }

  async permissions(id: number): Promise<UserRoleMatrixView> {
    return this.matrixView(await this.roles.get(id));
  }

  /** Replaces all that the role allows. */
  replacePermissions(id: number, given: PermissionMatrix): Promise<UserRoleMatrixView> {
    return this.work.run(() =>
      this.administrators.keepOne(async () => {
        const role = await this.roles.getForChange(id, UserRolePermission.edit);
        this.catalog.refuseUnknown('backend', given);
        this.delegation.refuseRole(given, this.rights.of('backend', role));
        const next = this.rights.kept('backend', given);
        if (this.rights.areSame('backend', role, next)) return this.matrixView(role);
        const couldEdit = await this.canEditRoles();
        const saved = await this.keep(role, next);
        if (couldEdit && !(await this.canEditRoles())) throw new OwnRoleKept();
        return this.matrixView(saved);
      }),
    );
  }

  private async keep(role: UserRole, change: Partial<UserRole>): Promise<UserRole> {
    const before = this.recorded({ ...role });
    const saved = await this.roles.save(Object.assign(role, change, { updatedAt: this.clock.now() }));
    await this.history.changed(HISTORY, before, this.recorded(saved));
    return saved;
  }

  private async canEditRoles(): Promise<boolean> {
    return (await this.held.rightsOf(this.context.principal().id)).holds(UserRolePermission.edit.name);
  }

  private async organizationFor(wanted: number | null | undefined): Promise<number | null> {
    const permission = UserRolePermission.create;
    if (wanted == null && this.choice.isFree(permission)) return null;
    if (wanted === null) throw new SharedRoleKept(permission.name);
    return this.choice.choose(permission, wanted);
  }

  private recorded(role: UserRole): UserRole & PermissionMatrix {
    return { ...role, ...this.rights.of('backend', role) };
  }

  private matrixView(role: UserRole): UserRoleMatrixView {
    return new UserRoleMatrixView(this.rights.of('backend', role), role.version);
  }

  private async view(role: UserRole): Promise<UserRoleView> {
    const [view] = await this.views([role]);
    return view as UserRoleView;
  }

  private async views(rows: readonly UserRole[]): Promise<UserRoleView[]> {
    const counts = await this.roles.counts(rows.map(({ id }) => id));
    return rows.map(({ id, label, organizationId, root, createdAt, updatedAt, version }) => ({
      ...{ id, label, organizationId, everything: root === 'global', userCount: counts.get(id) ?? 0 },
      ...{ createdAt, updatedAt, version },
    }));
  }
}
