import { Injectable } from '@nestjs/common';
import { Localizations } from '../../organizations/index.js';
import { type MemberFault, memberOf } from '../../platform/errors/index.js';
import { Users } from '../../users/index.js';
import { conditionFaults, pathUnknown } from './condition-faults.js';
import type { Recipient, RecipientType } from './default-rules.js';
import { shippedTemplate } from '../email-templates/default-templates.js';
import { EmailTemplatesRepository } from '../email-templates/email-templates.repository.js';
import { EventKnowledge } from '../occurrences/event-knowledge.js';
import { EVENTS, type EventName, isEventName, type RecordKind } from '../occurrences/events.js';
import type { NotificationRule } from './notification-rule.entity.js';
import { valueAt } from '../rendering/values.js';
import { TemplateChecks } from '../email-templates/template-checks.js';
import { shownOf } from '../email-templates/wording.js';

type Rule = Pick<NotificationRule, 'organizationId' | 'event' | 'conditions' | 'templateId' | 'localizationId' | 'recipients'>;
type Sample = Readonly<Record<string, unknown>>;
/** A recipient, and where he stands in the list. */
type Placed = readonly [number, Recipient];

const MEMBERS_OF = { address: 'address', user: 'userId', path: 'path' } as const;

/** Who does not surround a record. */
const LACKING: Readonly<Partial<Record<RecordKind, readonly RecipientType[]>>> = {
  customer: ['customer-user'],
  import: ['customer-user', 'sales-representatives'],
  export: ['customer-user', 'sales-representatives'],
};

/** Holds a rule against what its event knows, and against what its organization has. */
@Injectable()
export class RuleFaults {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly checks: TemplateChecks,
    private readonly localizations: Localizations,
    private readonly users: Users,
    private readonly knowledge: EventKnowledge,
  ) {}

  /** What is wrong beside what is known to be wrong with its form: of members and recipients with such a fault nothing is said. */
  async of(rule: Rule, known: readonly MemberFault[]): Promise<MemberFault[]> {
    const malformed = new Set(known.map(memberOf));
    const fine = (member: keyof Rule) => !malformed.has(member);
    const recipients = wellFormed(rule.recipients, known);
    const event = fine('event') && isEventName(rule.event) ? rule.event : undefined;
    const sample = event && (await this.knowledge.sample(event, rule.organizationId, { secrets: false }));
    return [
      ...(fine('conditions') ? conditionFaults(rule.conditions, sample) : []),
      ...(event && sample ? recipientFaults(recipients, event, sample) : []),
      ...(await this.userFaults(recipients, rule.organizationId)),
      ...(fine('templateId') ? await this.templateFaults(rule, event, sample) : []),
      ...(fine('localizationId') ? await this.ofLocalization(rule) : []),
    ];
  }

  private async templateFaults(
    { templateId, organizationId }: Rule,
    event: EventName | undefined,
    sample: Sample | undefined,
  ): Promise<MemberFault[]> {
    const pointer = '/templateId';
    // Held until the unit of work ends, as by whoever edits the template: he finds the rule, or the rule finds what he wrote.
    const template = await this.templates.lock(templateId);
    if (template?.organizationId !== organizationId)
      return [{ pointer, code: 'notification_rules.template_unknown', detail: `There is no email template ${templateId}.` }];
    if (!event || !sample) return [];
    const wordings = shownOf((await this.templates.wordingsOf([templateId])).get(templateId) ?? [], shippedTemplate(template.name));
    const [fault] = await this.checks.faults(wordings, organizationId, [{ event, sample, needsLink: false }]);
    if (!fault) return [];
    const detail = `The template ${template.name} does not fit the event: ${fault.pointer} ${fault.detail}`;
    return [{ pointer, code: 'notification_rules.template_unfit', detail }];
  }

  /** What is wrong with its language alone. */
  async ofLocalization({ localizationId, organizationId }: Rule): Promise<MemberFault[]> {
    if (localizationId === null || (await this.localizations.find(localizationId, organizationId))) return [];
    const detail = `There is no localization ${localizationId}.`;
    return [{ pointer: '/localizationId', code: 'notification_rules.localization_unknown', detail }];
  }

  private async userFaults(recipients: readonly Placed[], organizationId: number): Promise<MemberFault[]> {
    const known = await this.users.known(
      recipients.flatMap(([, { userId }]) => userId ?? []),
      organizationId,
    );
    return recipients.flatMap(([index, { userId }]) =>
      userId === undefined || known.has(userId)
        ? []
        : [{ pointer: `/recipients/${index}/userId`, code: 'notification_rules.user_unknown', detail: `There is no user ${userId}.` }],
    );
  }
}

/** Those with which nothing is known to be wrong. */
function wellFormed(recipients: readonly Recipient[], known: readonly MemberFault[]): Placed[] {
  const faulty = known.map(({ pointer }) => `${pointer}/`).filter((pointer) => pointer.startsWith('/recipients/'));
  if (faulty.includes('/recipients/')) return [];
  return [...recipients.entries()].filter(([index]) => !faulty.some((pointer) => pointer.startsWith(`/recipients/${index}/`)));
}

function recipientFaults(recipients: readonly Placed[], event: EventName, sample: Sample): MemberFault[] {
  return recipients.flatMap(([index, recipient]) => {
    const { type } = recipient;
    const at = (member: string, code: string, detail: string) => ({ pointer: `/recipients/${index}/${member}`, code, detail });
    const wanted = type in MEMBERS_OF ? MEMBERS_OF[type as keyof typeof MEMBERS_OF] : undefined;
    const extra = Object.values(MEMBERS_OF).filter((member) => member !== wanted && recipient[member] !== undefined);
    const faults = extra.map((member) =>
      at(member, 'notification_rules.member_unfit', `A recipient of the type ${type} has no ${member}.`),
    );
    if (wanted && recipient[wanted] === undefined)
      return [...faults, at(wanted, 'required', `${wanted} is required for the type ${type}.`)];
    if (LACKING[EVENTS[event].record]?.includes(type))
      return [...faults, at('type', 'notification_rules.recipient_unfit', `At ${event} there is no ${type}.`)];
    return recipient.path === undefined || type !== 'path' ? faults : [...faults, ...pathFaults(recipient.path, sample, at)];
  });
}

function pathFaults(path: string, sample: Sample, at: (member: string, code: string, detail: string) => MemberFault): MemberFault[] {
  const found = valueAt(sample, path.split('.'));
  if (found === undefined) return [at('path', 'notification_rules.path_unknown', pathUnknown(path, sample))];
  return isAddress(found) ? [] : [at('path', 'notification_rules.path_without_address', `${path} leads to no email address.`)];
}

/** An email address, somebody who has one, or a list of such. */
export const isAddress = (value: unknown): boolean => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'string') return !Array.isArray(value) && one.includes('@');
  return typeof one === 'object' && one !== null && 'email' in one;
};
