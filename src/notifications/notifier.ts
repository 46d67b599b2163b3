import { Injectable } from '@nestjs/common';
import { sha256 } from '../platform/secrets/index.js';
import { Addressees, type Reached } from './rules/addressees.js';
import { allHold } from './rules/conditions.js';
import { DEFAULT_RULES } from './rules/default-rules.js';
import { type EventName, EVENTS, type KnownEvent } from './occurrences/events.js';
import type { Addressee, Occurrence } from './occurrences/occurrence.js';
import { type Letter, Outbox } from './emails/outbox.js';
import { type ListeningRule, RuleBook } from './rules/rule-book.js';

/** Writes the mails that rules demand when something happens, in the unit of work in which it happens. */
@Injectable()
export class Notifier {
  constructor(
    private readonly book: RuleBook,
    private readonly addressees: Addressees,
    private readonly outbox: Outbox,
  ) {}

  async notify(occurrence: Occurrence): Promise<void> {
    const { event, organizationId } = occurrence.parts;
    await this.notifyOf(organizationId, [event], () => occurrence);
  }

  /** The same of what is several events at once. Costs one statement where no rule listens. */
  async notifyOf(organizationId: number, events: readonly EventName[], occurrenceOf: (event: EventName) => Occurrence): Promise<void> {
    await this.notifyAll(organizationId, events, (event) => Promise.resolve([occurrenceOf(event)]));
  }

  /** The same of what happened many times at once in an organization; it is looked at where a rule listens. */
  async notifyAll(
    organizationId: number,
    events: readonly EventName[],
    occurrencesOf: (event: EventName) => Promise<readonly Occurrence[]>,
  ): Promise<void> {
    for (const [event, rules] of await this.book.listening(organizationId, events)) {
      if (rules.length === 0) continue;
      const letters: Letter[] = [];
      for (const occurrence of await occurrencesOf(event)) for (const rule of rules) letters.push(...(await this.follow(rule, occurrence)));
      await this.outbox.queueAll(letters);
    }
  }

  /** Whom a rule writes to, each address once, in the order of its recipients. */
  async reach({ recipients }: Pick<ListeningRule, 'recipients'>, occurrence: Occurrence): Promise<Reached[]> {
    const known = new Set<string>();
    const reached: Reached[] = [];
    for (const recipient of recipients) {
      const found = await this.addressees.find(recipient, occurrence);
      const to = found.to.filter(({ address }) => !known.has(address.toLowerCase()));
      for (const { address } of to) known.add(address.toLowerCase());
      reached.push({ ...found, to });
    }
    return reached;
  }

  private async follow(rule: ListeningRule, occurrence: Occurrence): Promise<Letter[]> {
    const facts = await occurrence.facts();
    if (!facts || !(await allHold(rule.conditions, (path) => occurrence.find(path)))) return [];
    const letters: Letter[] = [];
    const context = withoutSecrets(rule, occurrence, facts);
    for (const { recipient, to, reason } of await this.reach(rule, occurrence)) {
      if (reason !== null) await this.outbox.noteUnreached(originOf(rule, occurrence), recipient.path ?? recipient.type, reason);
      for (const addressee of to)
        letters.push({
          ...originOf(rule, occurrence),
          ...{ to: { name: addressee.name, address: addressee.address }, context },
          ...{ customerUserId: addressee.customerUserId, userId: addressee.userId, websiteId: addressee.websiteId },
          ...{ localizationId: rule.localizationId ?? addressee.localizationId, key: keyOf(rule, occurrence, addressee) },
        });
    }
    return letters;
  }
}

const originOf = ({ id, template }: ListeningRule, { parts }: Occurrence) => ({
  ...{ organizationId: parts.organizationId, event: parts.event, recordId: parts.recordId, ruleId: id },
  ...{ template: template.name, templateId: template.id },
});

function keyOf({ id, code }: ListeningRule, { parts }: Occurrence, { address }: Addressee): string | undefined {
  // By its code, which a rule of the product has before and after it comes into the organization.
  return parts.key && `${parts.key} ${code ?? id} ${sha256(address).slice(0, 32)}`;
}

/** A link that lets its reader in goes by the mail that it is made for, and by no other. */
function withoutSecrets({ code }: ListeningRule, { parts }: Occurrence, facts: Readonly<Record<string, unknown>>): object {
  if (code !== null && DEFAULT_RULES[code].essential) return facts;
  const { secret }: KnownEvent = EVENTS[parts.event];
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !secret.includes(name)));
}
