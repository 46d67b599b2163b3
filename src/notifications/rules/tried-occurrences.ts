import { Injectable } from '@nestjs/common';
import { CustomerUserPortraits, CustomerUsers } from '../../customer-users/index.js';
import { CustomerPermission, CustomerPortraits, Customers } from '../../customers/index.js';
import { Exports, Imports } from '../../import-export/index.js';
import { OAuthApplications } from '../../oauth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { NotFound } from '../../platform/errors/index.js';
import { TEMPLATE_SAMPLES } from '../email-templates/template-samples.js';
import { RecordNotFound } from '../errors.js';
import { ApplicationOccurrences } from '../occurrences/application-occurrences.js';
import { CustomerOccurrences } from '../occurrences/customer-occurrences.js';
import { EventKnowledge } from '../occurrences/event-knowledge.js';
import { EVENTS, type EventName, type RecordKind, sampleOf } from '../occurrences/events.js';
import { type Addressee, Occurrence } from '../occurrences/occurrence.js';
import { Occurrences } from '../occurrences/occurrences.js';
import { SEEN_WITH } from '../occurrences/record-rights.js';
import { USER_SAMPLE } from '../occurrences/record-samples.js';
import { RunOccurrences } from '../occurrences/run-occurrences.js';

interface Wanted {
  readonly event: EventName;
  readonly organizationId: number;
  readonly id: number;
}

/** Events that did not happen: with the sample, or with a record that the caller may see. */
@Injectable()
export class TriedOccurrences {
  private readonly makers: Readonly<Record<RecordKind, (wanted: Wanted) => Promise<Occurrence>>> = {
    customer_user: (wanted) => this.ofCustomerUser(wanted),
    customer: (wanted) => this.ofCustomer(wanted),
    oauth_application: (wanted) => this.ofApplication(wanted),
    import: (wanted) => this.ofImport(wanted),
    export: (wanted) => this.ofExport(wanted),
  };

  constructor(
    private readonly occurrences: Occurrences,
    private readonly applications: ApplicationOccurrences,
    private readonly companies: CustomerOccurrences,
    private readonly runs: RunOccurrences,
    private readonly knowledge: EventKnowledge,
    private readonly customerUsers: CustomerUsers,
    private readonly portraits: CustomerUserPortraits,
    private readonly customers: Customers,
    private readonly customerPortraits: CustomerPortraits,
    private readonly oauth: OAuthApplications,
    private readonly imports: Imports,
    private readonly exports: Exports,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** What the record does not say is as in the sample, links among it. Throws `NotFound` for a record that the caller may not see. */
  async of(event: EventName, organizationId: number, recordId: number | null): Promise<Occurrence> {
    if (recordId === null) return ofSample(event, organizationId, await this.knowledge.sample(event, organizationId, { secrets: true }));
    const { record } = EVENTS[event];
    if (!this.context.principal().rights.holds(SEEN_WITH[record].name)) throw new RecordNotFound(record);
    try {
      return await this.makers[record]({ event, organizationId, id: recordId });
    } catch (error) {
      throw error instanceof NotFound ? new RecordNotFound(record) : error;
    }
  }

  private async ofCustomerUser({ event, organizationId, id }: Wanted): Promise<Occurrence> {
    const person = await this.customerUsers.getReachable(id);
    refuseElsewhere('customer_user', person.organizationId, organizationId);
    const portrait = event.endsWith('.deleted') ? await this.portraits.of(id) : {};
    const told = factsOf(event, 'customer_user.created');
    const facts = { ...portrait, ...told, ...('via' in told ? this.act() : {}) };
    return this.occurrences.ofCustomerUser({ event, organizationId, customerUserId: id }, () => Promise.resolve(facts));
  }

  private async ofCustomer({ event, organizationId, id }: Wanted): Promise<Occurrence> {
    const there = await this.customers.find(id, organizationId);
    if (!there || !(await this.customers.reaches(id, CustomerPermission.view))) throw new RecordNotFound('customer');
    const portrait = event.endsWith('.deleted') ? await this.customerPortraits.of(id) : {};
    const facts = { ...portrait, ...factsOf(event, 'customer.created'), ...this.act() };
    return this.companies.of({ event, organizationId, customerId: id }, () => Promise.resolve(facts));
  }

  private async ofApplication({ event, organizationId, id }: Wanted): Promise<Occurrence> {
    const { name, clientId, owner, organization } = await this.oauth.get(id);
    refuseElsewhere('oauth_application', organization.id, organizationId);
    const application = { id, name, clientId, organizationId, ownerType: owner.type, ownerId: owner.id };
    const { secretHint: hint, expiresAt } = TEMPLATE_SAMPLES.oauth_secret_expiring;
    const secret = { hint, expiresAt: new Date(expiresAt) };
    return this.applications.of(event, { application, at: this.clock.now(), by: this.context.principal().name, secret });
  }

  private async ofImport({ organizationId, id }: Wanted): Promise<Occurrence> {
    const ended = await this.imports.ending(id);
    refuseElsewhere('import', ended.organizationId, organizationId);
    return this.runs.ofImport(ended);
  }

  private async ofExport({ organizationId, id }: Wanted): Promise<Occurrence> {
    const ended = await this.exports.ending(id);
    refuseElsewhere('export', ended.organizationId, organizationId);
    return this.runs.ofExport(ended);
  }

  private act() {
    return { by: this.context.principal().name, at: this.clock.now().toISOString(), via: this.context.get().via };
  }
}

/** What an event knows in the sample beside the record, which is all that the other one knows. */
function factsOf(event: EventName, bare: EventName): Record<string, unknown> {
  const known = new Set(Object.keys(sampleOf(bare, { secrets: true })));
  return Object.fromEntries(Object.entries(sampleOf(event, { secrets: true })).filter(([name]) => !known.has(name)));
}

function ofSample(event: EventName, organizationId: number, sample: Readonly<Record<string, unknown>>): Occurrence {
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

function refuseElsewhere(kind: RecordKind, actual: number, wanted: number): void {
  if (actual !== wanted) throw new RecordNotFound(kind);
}
