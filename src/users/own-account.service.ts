import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { NotFound } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { HeldRoles } from './held-roles.js';
import { USER_HISTORY } from './user-history.js';
import { fullNameOf, UserViews } from './user-views.js';
import { User } from './user.entity.js';
import type { MeView, OwnNames } from './users.dto.js';
import { CredentialsOutdated } from './users.errors.js';
import { UserCredentialsChanged } from './users.events.js';
import { UsersRepository } from './users.repository.js';

/** What a console user sees and changes of himself, whatever his permissions reach. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly work: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly views: UserViews,
    private readonly held: HeldRoles,
    private readonly passwords: Passwords,
    private readonly events: Events,
    private readonly history: History,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<MeView> {
    return this.view(await this.row());
  }

  rename({ firstName, lastName }: OwnNames): Promise<MeView> {
    return this.work.run(async () => {
      const user = await this.row();
      this.context.refuseStale(user.version);
      const names = { firstName: firstName ?? user.firstName, lastName: lastName ?? user.lastName };
      if (names.firstName === user.firstName && names.lastName === user.lastName) return this.view(user);
      return this.view(await this.keep(user, names));
    });
  }

  /** What he proves with that he is himself. */
  async credentials() {
    const { id, organizationId, email, passwordHash, ...names } = await this.row();
    return { id, organizationId, email, passwordHash, name: fullNameOf(names) };
  }

  /** Sets his password, once his present one was checked. Answers what `follow`, part of the same act, does. */
  async changePassword<T>(proved: { passwordHash: string | null }, password: string, follow: () => Promise<T>): Promise<T> {
    const passwordHash = await this.passwords.hash(password);
    return this.work.run(async () => {
      const user = await this.row();
      if (user.passwordHash !== proved.passwordHash) throw new CredentialsOutdated();
      await this.keep(user, { passwordHash });
      await this.events.record(new UserCredentialsChanged(user.id));
      return follow();
    });
  }

  private async keep(user: User, change: Partial<User>): Promise<User> {
    const roleIds = ((await this.held.of([user.id])).get(user.id) ?? []).map(({ id }) => id);
    const before = { ...user, roleIds };
    const saved = await this.users.save(Object.assign(user, change, { updatedAt: this.clock.now() }));
    await this.history.changed(USER_HISTORY, before, { ...saved, roleIds });
    return saved;
  }

  /** Locked when in a unit of work. */
  private async row(): Promise<User> {
    const user = await this.users.lock(this.context.principal().id);
    if (!user) throw new NotFound('user');
    return user;
  }

  /** An application may act in another organization than its owner's, and then in that one alone. */
  private async view(user: User): Promise<MeView> {
    const { organizationId, globalAccess, rights } = this.context.principal();
    return { ...(await this.views.of(user)), organizationId, globalAccess, ...rights.toMatrix() };
  }
}
