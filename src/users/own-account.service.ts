import { Injectable } from '@nestjs/common';
import { PasswordRules } from '../organizations/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { InvalidInput, NotFound } from '../platform/errors/index.js';
import { Events } from '../platform/events/index.js';
import { History } from '../platform/history/index.js';
import { Passwords } from '../platform/secrets/index.js';
import { HeldRoles } from './held-roles.js';
import { USER_HISTORY } from './user-history.js';
import { UserViews } from './user-views.js';
import { User } from './user.entity.js';
import type { MeView, OwnNames, OwnPasswordChange } from './users.dto.js';
import { currentPasswordWrong } from './users.errors.js';
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
    private readonly passwordRules: PasswordRules,
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

  async changePassword({ currentPassword, newPassword }: OwnPasswordChange): Promise<void> {
    const { id, organizationId, passwordHash: known } = await this.row();
    const wrong = (await this.passwords.fits(currentPassword, known)) ? [] : [currentPasswordWrong];
    const faults = [...wrong, ...(await this.passwordRules.faults(newPassword, { organizationId }, '/newPassword'))];
    if (faults.length > 0) throw new InvalidInput(faults);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.work.run(async () => {
      const user = await this.row();
      // Somebody else changed it meanwhile: what was shown is the current one no more.
      if (user.passwordHash !== known) throw new InvalidInput([currentPasswordWrong]);
      await this.keep(user, { passwordHash });
      await this.events.record(new UserCredentialsChanged(id));
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

  private async view(user: User): Promise<MeView> {
    return { ...(await this.views.of(user)), ...this.context.principal().rights.toMatrix() };
  }
}
