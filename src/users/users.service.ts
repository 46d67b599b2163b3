import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Permission } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext, type Rights } from '../platform/context/index.js';
import { findMany, UnitOfWork } from '../platform/database/index.js';
import type { ListRequest, Page } from '../platform/listing/index.js';
import { HeldRoles } from './held-roles.js';
import { UserGrants } from './user-grants.js';
import { type Standing, UserStanding } from './user-standing.js';
import { fullNameOf, UserViews } from './user-views.js';
import { User } from './user.entity.js';
import type { UserSummary, UserView } from './users.dto.js';
import { userListing } from './users.listing.js';
import { UserPermission } from './users.permissions.js';
import { UsersRepository } from './users.repository.js';

const MOST_CHOOSABLE = 1000;

@Injectable()
export class Users {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly views: UserViews,
    private readonly grants: UserGrants,
    private readonly held: HeldRoles,
    private readonly standings: UserStanding,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<UserView>> {
    const { rows, page } = await userListing.page(this.users.reached(), request);
    return { items: await this.views.ofAll(rows), page };
  }

  async get(id: number): Promise<UserView> {
    return this.views.of(await this.users.get(id));
  }

  /** A user whom the caller reaches with `permission`. Throws `NotFound`. */
  async getReachable(id: number, permission: Permission = UserPermission.view) {
    const row = await this.users.get(id, permission);
    return { id, organizationId: row.organizationId, fullName: fullNameOf(row), email: row.email };
  }

  /** Refuses the caller what would let him act as a user who may do more than himself. Throws `AboveOwnRights`. */
  async refuseAbove(id: number): Promise<void> {
    const { type, id: callerId } = this.context.principal();
    const row = type === 'user' && id === callerId ? null : await this.work.repository(User).findOneBy({ id });
    if (row) await this.grants.refuseAbove(row, '');
  }

  /** Whether he belongs to the organization or has global access; whoever acts. */
  actsIn(id: number, organizationId: number): Promise<boolean> {
    return this.work.repository(User).existsBy([
      { id, organizationId },
      { id, globalAccess: true },
    ]);
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
    return row ? { name: fullNameOf(row), address: row.email, organizationId: row.organizationId } : undefined;
  }

  /** The same for several of the organization, by id; those who are disabled are written to no more. Whoever acts. */
  async addressees(organizationId: number, ids: readonly number[]): Promise<Map<number, { id: number; fullName: string; email: string }>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(User).findBy({ organizationId, id: In([...new Set(ids)]), enabled: true });
    return new Map(rows.map((row) => [row.id, { id: row.id, fullName: fullNameOf(row), email: row.email }]));
  }

  async summaries(ids: readonly number[]): Promise<Map<number, UserSummary>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(User).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, { id: row.id, fullName: fullNameOf(row) }]));
  }

  /** The enabled users of the organization, by name: whom others can be made to belong to. The first 1000; whoever acts. */
  async choosable(organizationId: number): Promise<UserSummary[]> {
    const order = { lastName: 'ASC', firstName: 'ASC', id: 'ASC' } as const;
    const rows = await this.work.repository(User).find({ where: { organizationId, enabled: true }, order, take: MOST_CHOOSABLE });
    return rows.map((row) => ({ id: row.id, fullName: fullNameOf(row) }));
  }

  /** Email addresses by id, of those of the organization that exist. */
  async emailsOf(organizationId: number, ids: readonly number[]): Promise<Map<number, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.work.repository(User).findBy({ organizationId, id: In([...new Set(ids)]) });
    return new Map(rows.map(({ id, email }) => [id, email]));
  }

  /** Ids by email address in lower case, of those of the organization that exist. */
  async idsByEmail(organizationId: number, emails: readonly string[]): Promise<Map<string, number>> {
    const keys = [...new Set(emails.map((email) => email.toLowerCase()))];
    const rows = await findMany(this.work.manager, User, 'emailKey', keys, { where: { organizationId }, select: ['id', 'emailKey'] });
    return new Map(rows.map(({ id, emailKey }) => [emailKey, id]));
  }

  /** What a login by email is checked against. */
  async credentials(email: string) {
    const row = await this.work.repository(User).findOneBy({ emailKey: email.toLowerCase() });
    return row ? { id: row.id, organizationId: row.organizationId, name: fullNameOf(row), passwordHash: row.passwordHash } : undefined;
  }

  /** `undefined` when there is no such user. */
  standing(id: number): Promise<Standing | undefined> {
    return this.standings.of(id);
  }

  /** All that his roles allow, whether he may act now or not. */
  rightsOf(id: number): Promise<Rights> {
    return this.held.rightsOf(id);
  }

  /** False when he may not be let in any more: email, password or standing have changed since his credentials were checked. */
  async recordLogin({ id, email, passwordHash }: { id: number; email: string; passwordHash: string }): Promise<boolean> {
    // A login is no change of the user: the version stays.
    const { affected } = await this.work
      .repository(User)
      .createQueryBuilder()
      .update()
      .set({ lastLoginAt: this.clock.now(), loginCount: () => 'login_count + 1', version: () => 'version' })
      .where({ id, emailKey: email.toLowerCase(), passwordHash, enabled: true })
      .execute();
    return affected === 1;
  }
}
