import { Injectable } from '@nestjs/common';
import { CustomFieldValues } from '../custom-fields/index.js';
import { Customers } from '../customers/index.js';
import { Websites } from '../organizations/index.js';
import { Users } from '../users/index.js';
import { CompanionsReader } from './lists/companions.js';
import { fullNameOf } from './customer-user-views.js';
import { CustomerUsersRepository } from './customer-users.repository.js';

/** What there is to tell others of a customer user, with those who surround him. */
@Injectable()
export class CustomerUserPortraits {
  constructor(
    private readonly people: CustomerUsersRepository,
    private readonly companions: CompanionsReader,
    private readonly customers: Customers,
    private readonly users: Users,
    private readonly websites: Websites,
    private readonly customFields: CustomFieldValues,
  ) {}

  /** Whoever acts. */
  async of(id: number) {
    const person = await this.people.find(id);
    if (!person) return undefined;
    const { organizationId, ownerId, customerId } = person;
    const around = await this.companions.of([person]);
    const customer = await this.customers.find(customerId, organizationId);
    const representatives = around.representativesOf(id).map((user) => user.id);
    const ids = [ownerId, customer?.ownerId, ...representatives].filter((userId) => userId != null);
    const users = await this.users.addressees(organizationId, ids);
    const website = await this.websites.find(person.websiteId, organizationId);
    const fieldsOf = await this.customFields.shown('customer_user', [person]);
    const fieldsOfCustomer = await this.customFields.shown('customer', customer ? [customer] : []);
    const userOf = (userId: number | null | undefined) => (userId == null ? null : (users.get(userId) ?? null));
    const { email, namePrefix, firstName, middleName, lastName, nameSuffix, phone, birthday, externalId } = person;
    const { enabled, confirmed, guest, passwordStatus, createdAt } = person;
    return {
      ...{ id, email, namePrefix, firstName, middleName, lastName, nameSuffix, fullName: fullNameOf(person), phone, birthday, externalId },
      ...{ enabled, confirmed, guest, passwordStatus, createdAt: createdAt.toISOString(), customFields: fieldsOf(person) },
      customer: customer
        ? {
            ...{ id: customerId, name: customer.name, externalId: customer.externalId },
            ...{ internalRating: customer.internalRating, owner: userOf(customer.ownerId), customFields: fieldsOfCustomer(customer) },
          }
        : null,
      owner: userOf(ownerId),
      salesRepresentatives: representatives.flatMap((userId) => users.get(userId) ?? []),
      roles: around.rolesOf(id),
      website: website ? { id: website.id, name: website.name, url: website.url } : null,
      websiteName: website?.name ?? '',
    };
  }
}
