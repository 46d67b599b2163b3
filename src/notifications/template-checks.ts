import { Injectable } from '@nestjs/common';
import type { MemberFault } from '../platform/errors/index.js';
import { DEFAULT_RULES, type DefaultRule, RULE_CODES } from './default-rules.js';
import type { EmailTemplate } from './email-template.entity.js';
import { EVENT_NAMES, type EventName, isEventName, sampleOf } from './events.js';
import { NotificationRulesRepository } from './notification-rules.repository.js';
import { faultsOf } from './rendering/checking.js';
import { renderPart } from './rendering/rendering.js';
import { placed } from './rendering/syntax.js';
import { type Field, FIELDS, type Wording } from './wording.js';

/** What a template can be filled with on one occasion. */
export interface Occasion {
  readonly event: EventName;
  readonly sample: Readonly<Record<string, unknown>>;
  /** Without the link in its text a person does not get in. */
  readonly needsLink: boolean;
}

const shippedFor = (template: string): DefaultRule[] =>
  RULE_CODES.map((code) => DEFAULT_RULES[code]).filter((rule) => rule.template === template);

const occasionOf = (event: EventName, secrets: boolean): Occasion => {
  const sample = sampleOf(event, { secrets });
  return { event, sample, needsLink: secrets && 'link' in sample };
};

/** Holds what templates say against what mails will know. */
@Injectable()
export class TemplateChecks {
  constructor(private readonly rules: NotificationRulesRepository) {}

  /** When the template is used: on the occasion that it ships for, and on those that rules name. */
  async occasionsOf(template: Pick<EmailTemplate, 'id' | 'name'> | undefined): Promise<Occasion[]> {
    const shipped = template ? shippedFor(template.name).map(({ event, essential }) => occasionOf(event, essential)) : [];
    const rules = template ? await this.rules.using(template.id) : [];
    const named = rules.flatMap(({ event, code }) => (code === null && isEventName(event) ? [occasionOf(event, false)] : []));
    return [...shipped, ...named].filter(({ event }, index, all) => all.findIndex((other) => other.event === event) === index);
  }

  /** The same at one event, whether or not the template is used for it. */
  async occasionsAt(template: Pick<EmailTemplate, 'id' | 'name'>, event: EventName): Promise<Occasion[]> {
    const used = (await this.occasionsOf(template)).filter((occasion) => occasion.event === event);
    return used.length > 0 ? used : [occasionOf(event, false)];
  }

  /** What is wrong with the texts, each at its place. On no occasion yet, each has to fit some. */
  faults(wordings: readonly Wording[], occasions: readonly Occasion[]): MemberFault[] {
    return wordings.flatMap((wording, index) =>
      FIELDS.flatMap((field) => {
        const source = wording[field];
        const faults = source === null ? [] : textFaults(field, source, occasions);
        return faults.map((fault) => ({ ...fault, pointer: `/translations/${index}/${field}` }));
      }),
    );
  }
}

type TextFault = Omit<MemberFault, 'pointer'>;

/** What is wrong with one text on these occasions; on no occasion, it has to fit any event. */
export function textFaults(field: Field, source: string, occasions: readonly Occasion[]): TextFault[] {
  if (occasions.length > 0) return occasions.flatMap((occasion) => occasionFaults(field, source, occasion)).slice(0, 20);
  let fewest: TextFault[] | undefined;
  for (const event of EVENT_NAMES) {
    const faults = occasionFaults(field, source, occasionOf(event, false));
    if (faults.length === 0) return [];
    if (!fewest || faults.length < fewest.length) fewest = faults;
  }
  return (fewest ?? []).slice(0, 20);
}

function occasionFaults(field: Field, source: string, { event, sample, needsLink }: Occasion): TextFault[] {
  const faults = faultsOf(source, sample, { layout: field === 'html' });
  if (faults.length > 0)
    return faults.map((fault) => ({ code: `email_templates.${fault.code}`, detail: `${placed(source, fault)} (at ${event})` }));
  try {
    const text = renderPart(field, source, sample, 'en');
    if (field === 'subject' && text.trim() === '')
      return [{ code: 'email_templates.subject_blank', detail: `The subject is blank (at ${event}).` }];
    if (field !== 'subject' && needsLink && !shows(text, String(sample['link'])))
      return [{ code: 'email_templates.link_missing', detail: `Without {{link}} in its ${field}, nobody gets in by this mail.` }];
    return [];
  } catch (error) {
    return [{ code: 'email_templates.not_rendered', detail: `${(error as Error).message} (at ${event})` }];
  }
}

const shows = (text: string, link: string): boolean => text.replaceAll('&#x3D;', '=').includes(link);
