import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Organizations } from '../organizations/index.js';
import { PermissionCatalog, type Permission, within } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type Principal, Rights } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { UserRole } from './user-role.entity.js';
import { User, UserRoleAssignment } from './user.entity.js';
import type { MeView, UserSummary, UserView } from './users.dto.js';
import { userListing } from './users.listing.js';
import { UserPermission } from './users.permissions.js';

/** Whether somebody may act now, and as whom; or what stops him. */
export type Standing = { principal: Principal } | { blocked: 'disabled' | 'organization_disabled' };

export interface FirstAdmin {
  organizationId: number;
  email: string;
  passwordHash: string;
}

const fullName = ({ firstName, lastName }: User) => `${firstName} ${lastName}`;

const MOST_CHOOSABLE = 1000;

@Injectable()
export class Users {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly catalog: PermissionCatalog,
    private readonly organizations: Organizations,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<UserView>> {
    const { rows, page } = await userListing.page(this.reached(UserPermission.view), request);
    return { items: await this.views(rows), page };
  }

  async get(id: number): Promise<UserView> {
    const [view] = await this.views([await this.getRow(id, UserPermission.view)]);
    if (!view) throw new NotFound('user');
    return view;
  }

  /** The caller himself, whatever his permissions reach. */
  async me(): Promise<MeView> {
    const { id, rights } = this.context.principal();
    const row = await this.work.repository(User).findOneBy({ id });
    const [view] = row ? await this.views([row]) : [];
    if (!view) throw new NotFound('user');
    return { ...view, ...rights.toMatrix() };
  }

  /** A user whom the caller reaches with `permission`. Throws `NotFound`. */
  async getReachable(id: number, permission: Permission = UserPermission.view) {
    const row = await this.getRow(id, permission);
    return { id, organizationId: row.organizationId, fullName: fullName(row), email: row.email };
  }

  /** Those of `ids` that are users of the organization; whoever acts. */
  async known(ids: readonly number[], organizationId: number): Promise<Set<number>> {
    if (ids.length === 0) return new Set();
    const rows = await this.work.repository(User).findBy({ id: In([...new Set(ids)]), organizationId });
    return new Set(rows.map(({ id }) => id));
  }

  /** Who of the organization is to own something new: the preferred one while he can, else the first who can; whoever acts. */
  async ownerFor(organizationId: number, preferred: number | null): Promise<number | null> {
    const able = { organizationId, enabled: true };
    const users = this.work.repository(User);
    if (preferred !== null && (await users.existsBy({ ...able, id: preferred }))) return preferred;
    return (await users.findOne({ where: able, order: { id: 'ASC' } }))?.id ?? null;
  }

  /** Whom mails to the user go to. */
  async addressOf(id: number): Promise<{ name: string; address: string; organizationId: number } | undefined> {
    const row = await this.work.repository(User).findOneBy({ id });
    return row ? { name: fullName(row), address: row.email, organizationId: row.organizationId } : undefined;
  }

  async summaries(ids: readonly number[]): Promise<Map<number, UserSummary>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(User).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, { id: row.id, fullName: fullName(row) }]));
  }

  /** The enabled users of the organization, by name: whom others can be made to belong to. The first 1000; whoever acts. */
  async choosable(organizationId: number): Promise<UserSummary[]> {
    const order = { lastName: 'ASC', firstName: 'ASC', id: 'ASC' } as const;
    const rows = await this.work.repository(User).find({ where: { organizationId, enabled: true }, order, take: MOST_CHOOSABLE });
    return rows.map((row) => ({ id: row.id, fullName: fullName(row) }));
  }

  /** Email addresses by id, of those of the organization that exist. */
  async emailsOf(organizationId: number, ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(User).findBy({ organizationId, id: In([...new Set(ids)]) });
    return new Map(rows.map(({ id, email }) => [id, email]));
  }

  /** What a login by email is checked against. */
  async credentials(email: string) {
    const row = await this.work.repository(User).findOneBy({ emailKey: email.toLowerCase() });
    return row ? { id: row.id, organizationId: row.organizationId, name: fullName(row), passwordHash: row.passwordHash } : undefined;
  }

  /** `undefined` when there is no such user. */
  async standing(id: number): Promise<Standing | undefined> {
    const user = await this.work.repository(User).findOneBy({ id });
    if (!user) return undefined;
    if (!user.enabled) return { blocked: 'disabled' };
    // Whoever acts in every organization must be able to enable his own again.
    if (!user.globalAccess && !(await this.organizations.find(user.organizationId))?.enabled) return { blocked: 'organization_disabled' };
    const roles = await this.rolesOf([id]);
    const everything = roles.some(({ role }) => role.everything) ? [this.catalog.matrix('backend', 'global', true)] : [];
    return {
      principal: {
        side: 'backend',
        type: 'user',
        id,
        name: fullName(user),
        organizationId: user.organizationId,
        globalAccess: user.globalAccess,
        rights: new Rights([...everything, ...roles.map(({ role }) => role.matrix)]),
      },
    };
  }

  async recordLogin(id: number): Promise<void> {
    // A login is no change of the user: the version stays.
    await this.work
      .repository(User)
      .createQueryBuilder()
      .update()
      .set({ lastLoginAt: this.clock.now(), loginCount: () => 'login_count + 1', version: () => 'version' })
      .where({ id })
      .execute();
  }

  /** The administrator of a fresh installation, with a role that holds everything. */
  async createFirstAdmin({ organizationId, email, passwordHash }: FirstAdmin): Promise<void> {
    const now = this.clock.now();
    const stamps = { createdAt: now, updatedAt: now };
    const role = await this.work
      .repository(UserRole)
      .save({ label: 'Administrator', everything: true, matrix: { permissions: {}, capabilities: {} }, ...stamps } as UserRole);
    const user = await this.work.repository(User).save({
      organizationId,
      email,
      emailKey: email.toLowerCase(),
      firstName: 'First',
      lastName: 'Administrator',
      enabled: true,
      globalAccess: true,
      passwordHash,
      lastLoginAt: null,
      loginCount: 0,
      ...stamps,
    } as User);
    await this.work.repository(UserRoleAssignment).insert({ userId: user.id, roleId: role.id });
  }

  private async getRow(id: number, permission: Permission): Promise<User> {
    const row = await this.reached(permission).andWhere('user.id = :id', { id }).getOne();
    if (!row) throw new NotFound('user');
    return row;
  }

  private reached(permission: Permission) {
    const query = this.work.repository(User).createQueryBuilder('user');
    return within(query, this.context.principal(), permission, { organization: 'user.organizationId', owner: 'user.id' });
  }

  private async views(rows: readonly User[]): Promise<UserView[]> {
    const roles = await this.rolesOf(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organizationId,
      email: row.email,
      firstName: row.firstName,
      lastName: row.lastName,
      fullName: fullName(row),
      enabled: row.enabled,
      globalAccess: row.globalAccess,
      roles: roles.filter(({ userId }) => userId === row.id).map(({ role }) => ({ id: role.id, label: role.label })),
      lastLoginAt: row.lastLoginAt,
      loginCount: row.loginCount,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
      version: row.version,
    }));
  }

  private async rolesOf(userIds: readonly number[]): Promise<{ userId: number; role: UserRole }[]> {
    const assignments = await this.work.repository(UserRoleAssignment).findBy({ userId: In(userIds) });
    const roles = await this.work.repository(UserRole).findBy({ id: In(assignments.map(({ roleId }) => roleId)) });
    return assignments.flatMap(({ userId, roleId }) => roles.filter((role) => role.id === roleId).map((role) => ({ userId, role })));
  }
}
