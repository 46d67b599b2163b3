import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '../platform/clock/index.js';
import { type Context, CurrentContext } from '../platform/context/index.js';
import { type Condition, DEFAULT_RULES, isRuleCode, type Recipient, RULE_CODES, type RuleCode } from './default-rules.js';
import type { EventName } from './events.js';
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

/** How long an import goes by rules that it read before. */
const FRESH = 5 * SECOND;

/** Which rules listen to an event. */
@Injectable()
export class RuleBook {
  private readonly read = new WeakMap<Context, Map<string, { until: number; rules: ListeningRule[] }>>();

  constructor(
    private readonly rules: NotificationRulesRepository,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  /** The active ones of the organization. Within a request or job they are read once, or every few seconds of it. */
  async listening(organizationId: number, event: EventName): Promise<readonly ListeningRule[]> {
    const context = this.context.get();
    const known = this.read.get(context) ?? new Map<string, { until: number; rules: ListeningRule[] }>();
    this.read.set(context, known);
    const key = `${organizationId} ${event}`;
    const now = this.clock.now().getTime();
    const fresh = known.get(key);
    if (fresh && now < fresh.until) return fresh.rules;
    const rules = listeningOf(await this.rules.forEvent(organizationId, event), event);
    known.set(key, { until: now + FRESH, rules });
    return rules;
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
