import { Injectable } from '@nestjs/common';
import { ConsentingPeople, type ProvedPerson } from '../consents/index.js';
import { NotFound } from '../platform/errors/index.js';
import { fullNameOf } from './customer-user-views.js';
import type { CustomerUser } from './customer-user.entity.js';
import { CustomerUserErased } from './customer-users.errors.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

/** Customer users as those who accept consents. */
@Injectable()
export class ConsentingCustomerUsers extends ConsentingPeople {
  constructor(private readonly people: CustomerUsersRepository) {
    super();
  }

  async websiteOf(customerUserId: number): Promise<number | undefined> {
    return (await this.people.find(customerUserId))?.websiteId;
  }

  async localizationOf(customerUserId: number): Promise<number | undefined> {
    return (await this.people.find(customerUserId))?.preferredLocalizationId ?? undefined;
  }

  async hold(customerUserId: number): Promise<void> {
    const person = await this.people.lock(customerUserId);
    if (!person) throw new NotFound('customer user');
    if (person.erasedAt !== null) throw new CustomerUserErased();
  }

  async named(customerUserId: number): Promise<ProvedPerson | null> {
    const person = await this.people.find(customerUserId);
    return person ? provedPersonOf(person) : null;
  }
}

const provedPersonOf = (person: CustomerUser): ProvedPerson => ({
  customerUserId: person.id,
  fullName: fullNameOf(person),
  email: person.email,
});
