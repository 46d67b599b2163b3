import { Injectable } from '@nestjs/common';
import { AccountLinks, CustomerUserPortraits } from '../../customer-users/index.js';
import type { ApplicationFacts } from '../../oauth/index.js';
import { HttpSettings } from '../../platform/config/index.js';
import type { EventName } from './events.js';
import { Occurrence } from './occurrence.js';
import { addresseeOfPerson, factsOf, Occurrences } from './occurrences.js';

interface ApplicationEvent {
  readonly application: ApplicationFacts;
  readonly at: Date;
  /** The name of who did it. */
  readonly by: string;
  /** The secret that it is about. */
  readonly secret?: { readonly hint: string; readonly expiresAt: Date };
}

/** Makes occurrences of what happens to OAuth applications, which belong to customer users or to console users. */
@Injectable()
export class ApplicationOccurrences {
  constructor(
    private readonly occurrences: Occurrences,
    private readonly portraits: CustomerUserPortraits,
    private readonly links: AccountLinks,
    private readonly http: HttpSettings,
  ) {}

  of(event: EventName, { application, at: moment, by, secret }: ApplicationEvent): Occurrence {
    const { id, name, clientId, organizationId, ownerType, ownerId } = application;
    const at = moment.toISOString();
    const ofSecret = secret && { secretHint: secret.hint, expiresAt: secret.expiresAt.toISOString() };
    const facts = { applicationId: id, applicationName: name, clientId, ownerType, by, at, createdBy: by, createdAt: at, ...ofSecret };
    const place = { event, organizationId, recordId: id };
    return ownerType === 'user' ? this.ofUser(place, ownerId, facts) : this.ofCustomerUser(place, ownerId, facts);
  }

  private ofUser(place: Place, userId: number, facts: object): Occurrence {
    const owner = () => this.occurrences.user(userId);
    return new Occurrence({
      ...{ ...place, owner },
      facts: async () => {
        const user = await owner();
        const { name, address } = user ?? { name: '', address: '' };
        const link = this.inConsole(place);
        const known = { name, firstName: name, email: address, websiteName: '', owner: { id: userId, fullName: name, email: address } };
        return user && { ...facts, ...known, link };
      },
      record: () => Promise.resolve(undefined),
      person: () => Promise.resolve(undefined),
    });
  }

  private ofCustomerUser(place: Place, customerUserId: number, facts: object): Occurrence {
    const person = async () => addresseeOfPerson(customerUserId, await this.occurrences.person(customerUserId));
    return new Occurrence({
      ...{ ...place, person, owner: person },
      facts: async () => {
        const found = await this.occurrences.person(customerUserId);
        const owner = found && { id: customerUserId, fullName: found.name, email: found.address };
        return found && { ...facts, ...factsOf(found), name: found.name, owner, link: await this.links.toLogin(found) };
      },
      record: () => this.portraits.of(customerUserId),
    });
  }

  /** Where a console user sees it, or what is left once it is gone. */
  private inConsole({ event, recordId }: Place): string {
    const applications = `${this.http.publicUrl}/admin/api/oauth-applications`;
    return event === 'oauth_application.deleted' ? applications : `${applications}/${recordId}`;
  }
}

type Place = { event: EventName; organizationId: number; recordId: number };
