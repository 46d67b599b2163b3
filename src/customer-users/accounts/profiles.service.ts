import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext, type Principal } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Checked } from '../../platform/http/index.js';
import { Changing } from '../changing.js';
import { CustomerUserMissing } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { Editing } from '../editing.js';
import { type Profile, ProfileReader } from './profile-reader.js';
import type { ProfileChange, ProfileView } from './storefront-me.dto.js';

/** The own profile of a customer user: everybody may read his, whatever his roles. */
@Injectable()
export class Profiles {
  /** By the principal, who is remembered as the same object for as long as nothing of what his profile shows has changed. */
  private readonly known = new WeakMap<Principal, Profile>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly profiles: ProfileReader,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  async own(): Promise<ProfileView> {
    const principal = this.context.principal();
    const known = this.work.isOpen ? undefined : this.known.get(principal);
    const { view, pendingUntil } = known ?? (await this.read(principal));
    return pendingUntil && pendingUntil <= this.clock.now() ? { ...view, pendingEmail: null } : view;
  }

  change({ members: change, faults }: Checked<ProfileChange>): Promise<ProfileView> {
    return this.work.run(async () => {
      const person = await this.people.lock(this.context.principal().id);
      if (!person) throw new CustomerUserMissing();
      this.context.refuseStale(person.version);
      const before = await this.changing.recorded(person);
      await this.editing.apply(person, before, { change, faults });
      await this.changing.save(before, person);
      return this.own();
    });
  }

  private async read(principal: Principal): Promise<Profile> {
    const profile = await this.profiles.find(principal.id);
    if (!profile) throw new CustomerUserMissing();
    if (!this.work.isOpen) this.known.set(principal, profile);
    return profile;
  }
}
