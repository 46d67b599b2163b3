import { Injectable } from '@nestjs/common';
import { CustomerUsers } from '../customer-users/index.js';
import { OAuthApplications } from '../oauth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CurrentContext } from '../platform/context/index.js';
import { InvalidInput, NotFound } from '../platform/errors/index.js';
import { ApplicationOccurrences } from './application-occurrences.js';
import { EVENTS, type EventName, sampleOf } from './events.js';
import { type Addressee, Occurrence } from './occurrence.js';
import { Occurrences } from './occurrences.js';
import { USER_SAMPLE } from './record-samples.js';
import { TEMPLATE_SAMPLES } from './template-samples.js';

/** Events that did not happen: with the sample, or with a record that the caller may see. */
@Injectable()
export class TriedOccurrences {
  constructor(
    private readonly occurrences: Occurrences,
    private readonly applications: ApplicationOccurrences,
    private readonly customerUsers: CustomerUsers,
    private readonly oauth: OAuthApplications,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** What the record does not say is as in the sample, links among it. Throws `InvalidInput` for a record that is not to be had. */
  async of(event: EventName, organizationId: number, recordId: number | null): Promise<Occurrence> {
    if (recordId === null) return ofSample(event, organizationId);
    const { record } = EVENTS[event];
    if (record === 'run') throw refused('record_unsupported', `At ${event}, no record can be named: leave it out for the sample.`);
    try {
      return record === 'customer_user'
        ? await this.ofCustomerUser(event, organizationId, recordId)
        : await this.ofApplication(event, organizationId, recordId);
    } catch (error) {
      throw error instanceof NotFound ? refused('record_unknown', `There is no ${record} ${recordId}.`) : error;
    }
  }

  private async ofCustomerUser(event: EventName, organizationId: number, customerUserId: number): Promise<Occurrence> {
    const person = await this.customerUsers.getReachable(customerUserId);
    refuseElsewhere(person.organizationId, organizationId);
    const known = new Set(Object.keys(sampleOf('customer_user.created', { secrets: true })));
    const facts = Object.entries(sampleOf(event, { secrets: true })).filter(([name]) => !known.has(name));
    return this.occurrences.ofCustomerUser({ event, organizationId, customerUserId }, () => Promise.resolve(Object.fromEntries(facts)));
  }

  private async ofApplication(event: EventName, organizationId: number, id: number): Promise<Occurrence> {
    const { name, clientId, owner, organization } = await this.oauth.get(id);
    refuseElsewhere(organization.id, organizationId);
    const application = { id, name, clientId, organizationId, ownerType: owner.type, ownerId: owner.id };
    const { secretHint: hint, expiresAt } = TEMPLATE_SAMPLES.oauth_secret_expiring;
    const secret = { hint, expiresAt: new Date(expiresAt) };
    return this.applications.of(event, { application, at: this.clock.now(), by: this.context.principal().name, secret });
  }
}

function ofSample(event: EventName, organizationId: number): Occurrence {
  const sample = sampleOf(event, { secrets: true });
  const email = sample['email'];
  const person: Addressee | undefined =
    typeof email === 'string' ? { name: String(sample['fullName'] ?? sample['firstName']), address: email } : undefined;
  const { fullName: name, email: address } = (sample['owner'] ?? USER_SAMPLE) as typeof USER_SAMPLE;
  return new Occurrence({
    ...{ event, organizationId, recordId: null },
    facts: () => Promise.resolve(sample),
    record: () => Promise.resolve(undefined),
    person: () => Promise.resolve(person),
    owner: () => Promise.resolve({ name, address }),
  });
}

function refuseElsewhere(actual: number, wanted: number): void {
  if (actual !== wanted) throw new NotFound('record');
}

const refused = (code: string, detail: string) => new InvalidInput([{ pointer: '/recordId', code: `notifications.${code}`, detail }]);
