import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Checked } from '../../platform/http/index.js';
import { Changing } from '../changing.js';
import { CustomerUserMissing } from '../customer-users.errors.js';
import { CustomerUsersRepository } from '../customer-users.repository.js';
import { Editing } from '../editing.js';
import { ProfileReader } from './profile-reader.js';
import type { ProfileChange, ProfileView } from './storefront-me.dto.js';

/** The own profile of a customer user: everybody may read his, whatever his roles. */
@Injectable()
export class Profiles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly profiles: ProfileReader,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly context: CurrentContext,
  ) {}

  async own(): Promise<ProfileView> {
    const profile = await this.profiles.find(this.context.principal().id);
    if (!profile) throw new CustomerUserMissing();
    return profile;
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
}
