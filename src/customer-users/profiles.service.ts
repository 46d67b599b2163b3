import { Injectable } from '@nestjs/common';
import { CurrentContext } from '../platform/context/index.js';
import { CustomerUserViews } from './customer-user-views.js';
import { CustomerUserMissing } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';
import type { ProfileView } from './storefront-me.dto.js';

/** The own profile of a customer user: everybody may read his, whatever his roles. */
@Injectable()
export class Profiles {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly views: CustomerUserViews,
    private readonly context: CurrentContext,
  ) {}

  async own(): Promise<ProfileView> {
    const person = await this.people.find(this.context.principal().id);
    if (!person) throw new CustomerUserMissing();
    const view = await this.views.of(person);
    return {
      id: view.id,
      email: view.email,
      namePrefix: view.namePrefix,
      firstName: view.firstName,
      middleName: view.middleName,
      lastName: view.lastName,
      nameSuffix: view.nameSuffix,
      fullName: view.fullName,
      birthday: view.birthday,
      phone: view.phone,
      customer: view.customer,
      website: view.website,
      preferredLocalization: view.preferredLocalization,
      roles: view.roles,
      lastLoginAt: view.lastLoginAt,
      createdAt: view.createdAt,
      updatedAt: view.updatedAt,
      version: view.version,
    };
  }
}
