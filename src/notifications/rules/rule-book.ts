import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '../../platform/clock/index.js';
import { type Context, CurrentContext } from '../../platform/context/index.js';
import type { Condition } from './conditions.js';
import { DEFAULT_RULES, isRuleCode, type Recipient, RULE_CODES, type RuleCode } from './default-rules.js';
import type { EventName } from '../occurrences/events.js';
import { type NamedRule, NotificationRulesRepository } from './notification-rules.repository.js';

/** A rule as events meet it. */
export interface ListeningRule {
  /** `null` for one that ships with the product and is not in the organization yet. */
  readonly id: number | null;
  readonly code: RuleCode | null;
  readonly conditions: readonly Condition[];
  readonly template: { readonly id: number | null; readonly name: string };
  readonly localizationId: number | null;
  readonly recipients: readonly Recipient[];
}

interface Known {
  readonly until: number;
  readonly rules: readonly ListeningRule[];
}

/** How long an import goes by rules that it read before. */
const FRESH = 5 * SECOND;

/** Which rules listen to an event. */
@Injectable()
export class RuleBook {
  private readonly read = new WeakMap<Context, Map<string, Known>>();

  constructor(
    private readonly rules: NotificationRulesRepository,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /**
   * The active ones of the organization, for each of the events that any listens to. Within a request or job they are read once, or every
   * few seconds of it: what is not known yet, in one statement.
   */
  async listening(organizationId: number, events: readonly EventName[]): Promise<Map<EventName, readonly ListeningRule[]>> {
    const context = this.context.get();
    const known = this.read.get(context) ?? new Map<string, Known>();
    this.read.set(context, known);
    const now = this.clock.now().getTime();
    const keyOf = (event: EventName) => `${organizationId} ${event}`;
    const unread = events.filter((event) => (known.get(keyOf(event))?.until ?? 0) <= now);
    const rows = unread.length === 0 ? [] : await this.rules.forEvents(organizationId, unread);
    for (const event of unread) {
      const rules = listeningOf(
        rows.filter((row) => row.event === event),
        event,
      );
      known.set(keyOf(event), { until: now + FRESH, rules });
    }
    const heard = events.map((event) => [event, known.get(keyOf(event))?.rules ?? []] as const);
    return new Map(heard.filter(([, rules]) => rules.length > 0));
  }
}

/** A mail of the product that is not in the organization as a rule yet is sent as it ships: nobody is kept out by that. */
function listeningOf(rows: readonly NamedRule[], event: EventName): ListeningRule[] {
  const missing = RULE_CODES.filter((code) => DEFAULT_RULES[code].event === event && !rows.some((row) => row.code === code));
  const shipped = missing.map((code) => ({
    ...{ id: null, code, localizationId: null, template: { id: null, name: DEFAULT_RULES[code].template } },
    ...{ conditions: DEFAULT_RULES[code].conditions, recipients: DEFAULT_RULES[code].recipients },
  }));
  return [...shipped, ...rows.filter(({ active }) => active).map(listeningRule)];
}

export const listeningRule = ({
  id,
  code,
  conditions,
  templateId,
  templateName,
  localizationId,
  recipients,
}: NamedRule): ListeningRule => ({
  ...{ id, code: isRuleCode(code) ? code : null, conditions, recipients, localizationId },
  template: { id: templateId, name: templateName },
});
