import { Injectable } from '@nestjs/common';
import { CustomerUserPortraits } from '../../customer-users/index.js';
import { CustomerPortraits, Customers } from '../../customers/index.js';
import { ListensTo } from '../../platform/events/index.js';
import { HistoryWritten } from '../../platform/history/index.js';
import { Outbox } from '../emails/outbox.js';
import { Notifier } from '../notifier.js';
import { CustomerOccurrences } from './customer-occurrences.js';
import { eventsAbout, type EventName } from './events.js';
import { type Occurrence, once } from './occurrence.js';
import { Occurrences } from './occurrences.js';
import { changedMembers, eventsOf } from './record-changes.js';

type Entry = HistoryWritten['entries'][number];
type Portrait = () => Promise<object | undefined>;

/** Tells rules of whatever the history keeps of customer users and customers: no act on them can be forgotten. */
@Injectable()
export class RecordChanges {
  constructor(
    private readonly notifier: Notifier,
    private readonly people: Occurrences,
    private readonly companies: CustomerOccurrences,
    private readonly portraits: CustomerUserPortraits,
    private readonly customerPortraits: CustomerPortraits,
    private readonly customers: Customers,
    private readonly outbox: Outbox,
  ) {}

  @ListensTo(HistoryWritten)
  async written({ entries }: HistoryWritten): Promise<void> {
    for (const entry of entries) {
      const events = eventsOf(entry);
      const { organizationId } = entry;
      if (organizationId === null || events.length === 0) continue;
      const portrait = once(() => this.portraitOf(entry));
      await this.notifier.notifyOf(organizationId, events, (event) => this.occurrence(event, organizationId, entry, portrait));
      if (entry.action === 'deleted')
        await this.outbox.outlive(EVENTS_OF[entry.entity as keyof typeof EVENTS_OF], entry.entityId, portrait);
    }
  }

  private occurrence(event: EventName, organizationId: number, entry: Entry, portrait: Portrait): Occurrence {
    const { entity, entityId: id, actorName: by, at, via } = entry;
    const facts = async () => ({
      ...(await this.standing(event, portrait)),
      ...(event === 'customer_user.moved' ? await this.left(organizationId, entry) : {}),
      ...{ by, at: at.toISOString(), via, ...changesOf(event, entry) },
    });
    return entity === 'customer'
      ? this.companies.of({ event, organizationId, customerId: id }, facts)
      : this.people.ofCustomerUser({ event, organizationId, customerUserId: id }, facts);
  }

  /** What may not be the same any more when the mail is sent: of what is deleted, all that there is to say. */
  private async standing(event: EventName, portrait: Portrait): Promise<object> {
    if (event.endsWith('.deleted')) return (await portrait()) ?? {};
    const member = CHANGING[event];
    return member ? { [member]: ((await portrait()) as Record<string, unknown> | undefined)?.[member] ?? null } : {};
  }

  private portraitOf({ entity, entityId }: Entry): Promise<object | undefined> {
    return entity === 'customer' ? this.customerPortraits.of(entityId) : this.portraits.of(entityId);
  }

  private async left(organizationId: number, { changes }: Entry): Promise<object> {
    const former = await this.customers.find(Number(changes['customerId']?.old), organizationId);
    return { formerCustomer: former ? { id: former.id, name: former.name } : null };
  }
}

const CHANGING: Partial<Record<EventName, string>> = { 'customer_user.moved': 'customer', 'customer_user.roles_changed': 'roles' };

const EVENTS_OF = { customer: eventsAbout('customer'), customer_user: eventsAbout('customer_user') };

function changesOf(event: EventName, entry: Entry): object {
  if (event.endsWith('.changed')) return { changed: changedMembers(entry) };
  return event === 'customer_user.roles_changed' ? { formerRoleIds: entry.changes['roleIds']?.old ?? [] } : {};
}
