import { Injectable } from '@nestjs/common';
import type { MemberFault } from '../../platform/errors/index.js';
import { DEFAULT_RULES, type DefaultRule, RULE_CODES } from '../rules/default-rules.js';
import type { EmailTemplate } from './email-template.entity.js';
import { EventKnowledge } from '../occurrences/event-knowledge.js';
import { EVENT_NAMES, type EventName, isEventName } from '../occurrences/events.js';
import { NotificationRulesRepository } from '../rules/notification-rules.repository.js';
import { misfits, reading } from '../rendering/checking.js';
import { misplacements } from '../rendering/html-places.js';
import { renderPart } from '../rendering/rendering.js';
import { htmlShows, textShows } from '../rendering/shown-links.js';
import { placed, TemplateFault, type TemplateNode } from '../rendering/syntax.js';
import { type Field, FIELDS, type Wording } from './wording.js';

/** What a template can be filled with on one occasion. */
export interface Occasion {
  readonly event: EventName;
  readonly sample: Readonly<Record<string, unknown>>;
  /** Without the link in its text a person does not get in. */
  readonly needsLink: boolean;
}

/** Of one text. */
const MOST_FAULTS = 20;

const shippedFor = (template: string): DefaultRule[] =>
  RULE_CODES.map((code) => DEFAULT_RULES[code]).filter((rule) => rule.template === template);

type Kept = Pick<EmailTemplate, 'id' | 'name' | 'organizationId'>;
type TextFault = Omit<MemberFault, 'pointer'>;

/** Holds what templates say against what mails will know. */
@Injectable()
export class TemplateChecks {
  constructor(
    private readonly rules: NotificationRulesRepository,
    private readonly knowledge: EventKnowledge,
  ) {}

  /** When the template is used: on the occasion that it ships for, and on those that rules name. */
  async occasionsOf(template: Kept): Promise<Occasion[]> {
    const shipped = shippedFor(template.name).map(({ event, essential }) => ({ event, essential }));
    const rules = await this.rules.using(template.id);
    const named = rules.flatMap(({ event, code }) => (code === null && isEventName(event) ? [{ event, essential: false }] : []));
    const all = [...shipped, ...named];
    const distinct = all.filter(({ event }, index) => all.findIndex((other) => other.event === event) === index);
    return Promise.all(distinct.map(({ event, essential }) => this.occasion(event, template.organizationId, essential)));
  }

  /** The same at one event, whether or not the template is used for it. */
  async occasionsAt(template: Kept, event: EventName): Promise<Occasion[]> {
    const used = (await this.occasionsOf(template)).filter((occasion) => occasion.event === event);
    return used.length > 0 ? used : [await this.occasion(event, template.organizationId, false)];
  }

  /** What is wrong with the texts, each at its place. On no occasion yet, each has to fit some. */
  async faults(wordings: readonly Wording[], organizationId: number, occasions: readonly Occasion[]): Promise<MemberFault[]> {
    const faultsOfText = occasions.length > 0 ? onAll(occasions) : onSome(await this.everyOccasion(organizationId));
    return wordings.flatMap((wording, index) =>
      FIELDS.flatMap((field) => {
        const source = wording[field];
        const faults = source === null ? [] : faultsOfText(field, source);
        return faults.map((fault) => ({ ...fault, pointer: `/translations/${index}/${field}` }));
      }),
    );
  }

  private everyOccasion(organizationId: number): Promise<Occasion[]> {
    return Promise.all(EVENT_NAMES.map((event) => this.occasion(event, organizationId, false)));
  }

  private async occasion(event: EventName, organizationId: number, secrets: boolean): Promise<Occasion> {
    const sample = await this.knowledge.sample(event, organizationId, { secrets });
    return { event, sample, needsLink: secrets && 'link' in sample };
  }
}

/** What is wrong with one text on these occasions. */
const onAll = (occasions: readonly Occasion[]) => (field: Field, source: string) =>
  faultsOf(field, source, (nodes) => occasions.flatMap((occasion) => findingsAt(field, source, nodes, occasion).tell()));

/** The same for a text that has to fit one of them: what is wrong where it fits best. */
const onSome = (occasions: readonly Occasion[]) => (field: Field, source: string) =>
  faultsOf(field, source, (nodes) => {
    const findings = occasions.map((occasion) => findingsAt(field, source, nodes, occasion));
    return findings.sort((one, other) => one.count - other.count)[0]?.tell() ?? [];
  });

/** How much is wrong on an occasion; to tell where takes longer than to find it. */
interface Findings {
  readonly count: number;
  readonly tell: () => TextFault[];
}

/** What is wrong with a text whatever it is filled with, and then what is on its occasions. */
function faultsOf(field: Field, source: string, onOccasions: (nodes: readonly TemplateNode[]) => TextFault[]): TextFault[] {
  const read = reading(source);
  const told = (fault: TemplateFault): TextFault => ({ code: `email_templates.${fault.code}`, detail: placed(source, fault) });
  if (read instanceof TemplateFault) return [told(read)];
  const misplaced = field === 'html' ? misplacements(read).slice(0, MOST_FAULTS).map(told) : [];
  return [...misplaced, ...onOccasions(read)].slice(0, MOST_FAULTS);
}

function findingsAt(field: Field, source: string, nodes: readonly TemplateNode[], { event, sample, needsLink }: Occasion): Findings {
  const faults = misfits(nodes, sample, { layout: field === 'html' });
  const told = ({ code, message, at }: TemplateFault): TextFault => ({
    code: `email_templates.${code}`,
    detail: `${placed(source, { message, at })} (at ${event})`,
  });
  if (faults.length > 0) return { count: faults.length, tell: () => faults.slice(0, MOST_FAULTS).map(told) };
  const fault = renderingFault(field, source, sample, needsLink);
  return { count: fault ? 1 : 0, tell: () => (fault ? [{ ...fault, detail: `${fault.detail} (at ${event})` }] : []) };
}

function renderingFault(field: Field, source: string, sample: Occasion['sample'], needsLink: boolean): TextFault | undefined {
  try {
    const text = renderPart(field, source, sample, 'en');
    if (field === 'subject' && text.trim() === '') return { code: 'email_templates.subject_blank', detail: 'The subject is blank.' };
    if (field !== 'subject' && needsLink) {
      const code = 'email_templates.link_missing';
      if (!shows(field, text, sample['link'])) return { code, detail: `Without {{link}} in its ${field}, nobody gets in by this mail.` };
      if (!shows(field, renderPart(field, source, bare(sample), 'en'), sample['link']))
        return { code, detail: `Its ${field} has {{link}} on a condition alone: who does not meet it does not get in by this mail.` };
    }
    return undefined;
  } catch (error) {
    return { code: 'email_templates.not_rendered', detail: (error as Error).message };
  }
}

const shows = (field: Field, text: string, link: unknown): boolean => (field === 'html' ? htmlShows : textShows)(text, String(link));

/** The sample of somebody of whom nothing is known but how he gets in: what helpers make something of is `null` then, as at a real one. */
function bare(sample: Occasion['sample']): Occasion['sample'] {
  const emptied = (value: unknown): unknown => {
    // Everything has a number that has any, be it how long its link works.
    if (typeof value === 'number') return value;
    if (Array.isArray(value)) return [];
    if (typeof value !== 'object' || value === null) return null;
    return Object.fromEntries(Object.entries(value).map(([member, one]) => [member, emptied(one)]));
  };
  return { ...(emptied(sample) as Occasion['sample']), link: sample['link'] };
}
