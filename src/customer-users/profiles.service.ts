import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import type { Checked } from '../platform/http/index.js';
import { Changing } from './changing.js';
import { CompanionsReader } from './companions.js';
import { fullNameOf } from './customer-user-views.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserMissing } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import { Editing } from './editing.js';
import { PendingEmails } from './pending-emails.js';
import type { ProfileChange, ProfileView } from './storefront-me.dto.js';

/** The own profile of a customer user: everybody may read his, whatever his roles. */
@Injectable()
export class Profiles {
  constructor(
    private readonly work: UnitOfWork,
    private readonly people: CustomerUsersRepository,
    private readonly companions: CompanionsReader,
    private readonly editing: Editing,
    private readonly changing: Changing,
    private readonly pendingEmails: PendingEmails,
    private readonly context: CurrentContext,
  ) {}

  async own(): Promise<ProfileView> {
    const person = await this.people.find(this.context.principal().id);
    if (!person) throw new CustomerUserMissing();
    return this.view(person);
  }

  change({ members: change, faults }: Checked<ProfileChange>): Promise<ProfileView> {
    return this.work.run(async () => {
      const person = await this.people.lock(this.context.principal().id);
      if (!person) throw new CustomerUserMissing();
      this.context.refuseStale(person.version);
      const before = await this.changing.recorded(person);
      await this.editing.apply(person, before, { change, faults });
      return this.view(await this.changing.save(before, person));
    });
  }

  private async view(person: CustomerUser): Promise<ProfileView> {
    const [companions, pendingEmail] = await Promise.all([this.companions.of([person]), this.pendingEmails.shown(person.id)]);
    return {
      id: person.id,
      email: person.email,
      pendingEmail,
      namePrefix: person.namePrefix,
      firstName: person.firstName,
      middleName: person.middleName,
      lastName: person.lastName,
      nameSuffix: person.nameSuffix,
      fullName: fullNameOf(person),
      birthday: person.birthday,
      phone: person.phone,
      customer: companions.customerOf(person),
      website: companions.websiteOf(person),
      preferredLocalization: companions.localizationOf(person),
      roles: companions.rolesOf(person.id),
      lastLoginAt: person.lastLoginAt,
      createdAt: person.createdAt,
      updatedAt: person.updatedAt,
      version: person.version,
    };
  }
}
