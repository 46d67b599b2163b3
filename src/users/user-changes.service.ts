import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { OrganizationChoice } from '../organizations/index.js';
import { PermissionMissing } from '../platform/authorization/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { MemberFault } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import type { Checked } from '../platform/http/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { Administrators } from './administrators.js';
import { HeldRoles } from './held-roles.js';
import { UserGrants } from './user-grants.js';
import { type RecordedUser, USER_HISTORY } from './user-history.js';
import { UserViews } from './user-views.js';
import { User } from './user.entity.js';
import type { UserChange, UserDraft, UserView } from './users.dto.js';
import { CannotDeleteSelf, CannotDemoteSelf, CannotDisableSelf } from './users.errors.js';
import { UserCredentialsChanged, UserRemoved } from './users.events.js';
import { UserPermission } from './users.permissions.js';
import { UsersRepository } from './users.repository.js';

/** Creates, changes and deletes console users. */
@Injectable()
export class UserChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly views: UserViews,
    private readonly held: HeldRoles,
    private readonly grants: UserGrants,
    private readonly administrators: Administrators,
    private readonly choice: OrganizationChoice,
    private readonly passwords: Passwords,
    private readonly events: Events,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  async create({ members: draft, faults }: Checked<UserDraft>): Promise<UserView> {
    const passwordHash = (await this.hashOf(draft.password, faults)) ?? null;
    return this.work.run(async () => {
      // His own is himself: nobody creates that.
      if (this.context.principal().rights.level(UserPermission.create.name) === 'own')
        throw new PermissionMissing(UserPermission.create.name);
      const organizationId = await this.choice.choose(UserPermission.create, draft.organizationId, faults);
      const { email, firstName, lastName, enabled = true, globalAccess = false, roleIds = [] } = draft;
      await this.grants.refuse({ organizationId, globalAccess, roleIds }, undefined, draft.password, faults);
      const now = this.clock.now();
      const saved = await this.users.save(
        Object.assign(new User(), {
          ...{ organizationId, email, emailKey: email.toLowerCase(), firstName, lastName, enabled, globalAccess, passwordHash },
          ...{ lastLoginAt: null, loginCount: 0, createdAt: now, updatedAt: now },
        }),
      );
      await this.held.replace(saved.id, roleIds);
      await this.history.created(USER_HISTORY, await this.recorded(saved));
      return this.views.of(saved);
    });
  }

  /** The same for a change. */
  async change(id: number, { members: change, faults }: Checked<UserChange>): Promise<UserView> {
    const passwordHash = await this.hashOf(change.password, faults);
    return this.work.run(() =>
      this.administrators.keepOne(async () => {
        const user = await this.users.getForChange(id, UserPermission.edit);
        const before = await this.recorded(user);
        const after = changed(before, change, passwordHash);
        if (faults.length === 0 && isDeepStrictEqual(after, before)) return this.views.of(user);
        await this.refuse(before, after, change, faults);
        return this.keep(user, before, after);
      }),
    );
  }

  remove(id: number): Promise<void> {
    return this.work.run(() =>
      this.administrators.keepOne(async () => {
        const user = await this.users.getForChange(id, UserPermission.delete);
        if (this.isSelf(id)) throw new CannotDeleteSelf();
        const recorded = await this.recorded(user);
        await this.events.record(new UserCredentialsChanged(id));
        await this.events.record(new UserRemoved(id));
        await this.users.remove(id);
        await this.history.deleted(USER_HISTORY, recorded);
      }),
    );
  }

  private async refuse(
    before: RecordedUser,
    after: RecordedUser,
    { password, roleIds }: UserChange,
    faults: readonly MemberFault[],
  ): Promise<void> {
    const { id } = before;
    await this.grants.refuse({ ...after, roleIds: roleIds ?? before.roleIds }, before, password, faults);
    if (this.isSelf(id) && !after.enabled) throw new CannotDisableSelf();
    // His application may do less than he, and would let in whoever has it.
    if (this.isSelf(id) && !this.context.principal().application) return;
    if (before.email !== after.email) await this.grants.refuseAbove(before, '/email');
    if (password !== undefined) await this.grants.refuseAbove(before, '/password');
  }

  private async keep(user: User, before: RecordedUser, { roleIds, ...members }: RecordedUser): Promise<UserView> {
    const saved = await this.users.save(Object.assign(user, members, { updatedAt: this.clock.now() }));
    if (!isDeepStrictEqual(roleIds, before.roleIds)) await this.replaceRoles(saved, roleIds);
    await this.history.changed(USER_HISTORY, before, await this.recorded(saved));
    const shutOut = before.enabled && !saved.enabled;
    if (shutOut || before.email !== saved.email || before.passwordHash !== saved.passwordHash)
      await this.events.record(new UserCredentialsChanged(saved.id));
    return this.views.of(saved);
  }

  private async replaceRoles({ id }: User, roleIds: readonly number[]): Promise<void> {
    const mayEdit = async () => (await this.held.rightsOf(id)).holds(UserPermission.edit.name);
    const could = await mayEdit();
    await this.held.replace(id, roleIds);
    if (this.isSelf(id) && could && !(await mayEdit())) throw new CannotDemoteSelf();
  }

  private async recorded(user: User): Promise<RecordedUser> {
    const roles = (await this.held.of([user.id])).get(user.id) ?? [];
    return { ...user, roleIds: roles.map((role) => role.id) };
  }

  /** Never inside a unit of work, and not for what is refused anyway. */
  private async hashOf(password: string | undefined, faults: readonly MemberFault[]): Promise<string | undefined> {
    return password === undefined || faults.length > 0 ? undefined : this.passwords.hash(password);
  }

  private isSelf(id: number): boolean {
    const principal = this.context.principal();
    return principal.type === 'user' && principal.id === id;
  }
}

function changed(before: RecordedUser, change: UserChange, passwordHash: string | undefined): RecordedUser {
  const { email, firstName, lastName, enabled, globalAccess, roleIds } = change;
  const members = { email, emailKey: email?.toLowerCase(), firstName, lastName, enabled, globalAccess, passwordHash };
  const given = Object.entries({ ...members, roleIds: roleIds?.toSorted((a, b) => a - b) }).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(given) };
}
