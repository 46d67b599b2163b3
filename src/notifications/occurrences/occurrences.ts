import { Injectable } from '@nestjs/common';
import { CustomerUserAccounts, CustomerUserPortraits } from '../../customer-users/index.js';
import { type WebsiteView, Websites } from '../../organizations/index.js';
import { Users } from '../../users/index.js';
import { addresseeOf } from '../rules/addressees.js';
import type { EventName } from './events.js';
import { type Addressee, Occurrence } from './occurrence.js';

export type Person = NonNullable<Awaited<ReturnType<CustomerUserAccounts['addressOf']>>> & { website: WebsiteView | undefined };

interface About {
  readonly event: EventName;
  readonly organizationId: number;
  readonly customerUserId: number;
}

/** Makes occurrences of what events tell. */
@Injectable()
export class Occurrences {
  constructor(
    private readonly accounts: CustomerUserAccounts,
    private readonly portraits: CustomerUserPortraits,
    private readonly users: Users,
    private readonly websites: Websites,
  ) {}

  /** Of a customer user; `facts` are what the event knows beside his name and website. */
  ofCustomerUser(
    { customerUserId, event, organizationId }: About,
    facts: (person: Person) => Promise<object> = () => Promise.resolve({}),
    known?: Promise<Person | undefined>,
  ): Occurrence {
    const person = () => (known ??= this.person(customerUserId));
    return new Occurrence({
      ...{ event, organizationId, recordId: customerUserId },
      facts: async () => {
        const found = await person();
        return found && { ...factsOf(found), ...(await facts(found)) };
      },
      record: () => this.portraits.of(customerUserId),
      person: async () => addresseeOfPerson(customerUserId, await person()),
      owner: async () => {
        const owner = (await this.portraits.of(customerUserId))?.owner;
        return owner ? addresseeOf(owner) : undefined;
      },
    });
  }

  async person(customerUserId: number): Promise<Person | undefined> {
    return (await this.people([customerUserId])).get(customerUserId);
  }

  /** Customer users by id, in few statements. */
  async people(customerUserIds: readonly number[]): Promise<Map<number, Person>> {
    const websites = new Map<number, WebsiteView | undefined>();
    const people = new Map<number, Person>();
    for (const [id, person] of await this.accounts.addressesOf(customerUserIds)) {
      const { websiteId, organizationId } = person;
      if (!websites.has(websiteId)) websites.set(websiteId, await this.websites.find(websiteId, organizationId));
      people.set(id, { ...person, website: websites.get(websiteId) });
    }
    return people;
  }

  /** A console user, as whom records belong to. */
  async user(userId: number): Promise<(Addressee & { name: string }) | undefined> {
    const found = await this.users.addressOf(userId);
    return found && { name: found.name, address: found.address, userId };
  }
}

/** What every mail about a customer user knows of him. */
export const factsOf = ({ firstName, address, website }: Person) => ({ firstName, email: address, websiteName: website?.name ?? '' });

export const addresseeOfPerson = (customerUserId: number, person: Person | undefined): Addressee | undefined =>
  person && {
    ...{ customerUserId, name: person.name, address: person.address, websiteId: person.websiteId },
    localizationId: person.preferredLocalizationId ?? person.website?.defaultLocalizationId ?? null,
  };
