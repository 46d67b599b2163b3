import { Injectable } from '@nestjs/common';
import { CustomerUsersRepository } from './customer-users.repository.js';

/** Where customer users belong. */
@Injectable()
export class CustomerUserPlaces {
  constructor(private readonly people: CustomerUsersRepository) {}

  /** The customer that somebody acts for. He neither moves nor goes before the unit of work ends. Whoever acts. */
  async lock(id: number): Promise<{ organizationId: number; customerId: number } | undefined> {
    return this.people.lock(id);
  }
}
