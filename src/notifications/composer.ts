import { Injectable } from '@nestjs/common';
import { CustomerUserPortraits } from '../customer-users/index.js';
import { CustomerPortraits } from '../customers/index.js';
import { Localizations, Websites } from '../organizations/index.js';
import { shippedTemplate, type Template } from './email-templates/default-templates.js';
import type { EmailRow } from './emails/email.entity.js';
import { EmailTemplatesRepository } from './email-templates/email-templates.repository.js';
import { EVENTS, isEventName } from './occurrences/events.js';
import { render, type RenderedMail, RenderingFailed } from './rendering/rendering.js';
import { variablesOf } from './rendering/variables.js';
import { type Chosen, choose, type Language, type Wording } from './email-templates/wording.js';

type Mail = Pick<EmailRow, 'organizationId' | 'template' | 'templateId' | 'localizationId' | 'event' | 'recordId' | 'customerUserId'>;

/** A mail whose texts are found, to be filled. */
export interface Composition {
  readonly render: (context: object) => RenderedMail;
  /** Why the texts that ship took the place of edited ones that could not be filled; `null` when they did not. */
  readonly setAside: string | null;
}

/** Finds the texts of a mail, in the language of its reader, and what they want to know. */
@Injectable()
export class Composer {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly localizations: Localizations,
    private readonly websites: Websites,
    private readonly portraits: CustomerUserPortraits,
    private readonly customerPortraits: CustomerPortraits,
  ) {}

  /** Throws {@link RenderingFailed} where there is no template, or none that can be filled. */
  async compose(mail: Mail, facts: object): Promise<Composition> {
    const shipped = shippedTemplate(mail.template);
    const chosen = await this.chosen(mail, shipped);
    const record = await this.recordFor(mail, chosen, facts);
    const filling = (template: Pick<Chosen, 'template' | 'languages'>) => (context: object) =>
      render(template.template, { ...record, ...context }, template.languages);
    const edited = filling(chosen);
    try {
      edited(facts);
      return { render: edited, setAside: null };
    } catch (error) {
      if (!shipped || chosen.template === shipped || !(error instanceof RenderingFailed)) throw error;
      return { render: (context) => render(shipped, context), setAside: `Sent with the texts that ship: ${error.message}` };
    }
  }

  /** The texts for a localization, or the organization's, with those that it falls back on. */
  async wording(wordings: readonly Wording[], shipped: Template | undefined, organizationId: number, localizationId: number | null) {
    const translated = wordings.some((wording) => wording.localizationId !== null);
    const lineage = translated ? await this.lineage(organizationId, localizationId) : [];
    const chosen = choose(wordings, lineage, shipped);
    if (!chosen) throw new RenderingFailed('its template says nothing');
    return chosen;
  }

  private async chosen(
    { organizationId, template: name, templateId, localizationId }: Mail,
    shipped: Template | undefined,
  ): Promise<Chosen> {
    const wordings = await this.templates.wordingsFor({ organizationId, id: templateId, name });
    if (!wordings && !shipped) throw new RenderingFailed(`there is no template ${name}`);
    return this.wording(wordings ?? [], shipped, organizationId, localizationId);
  }

  private async lineage(organizationId: number, localizationId: number | null): Promise<readonly Language[]> {
    const id = localizationId ?? (await this.websites.getDefault(organizationId)).defaultLocalizationId;
    return this.localizations.lineage(id, organizationId);
  }

  /** What there is to say of the record beside the facts, when the texts want it. It may be gone by now. */
  private async recordFor({ event, recordId, customerUserId }: Mail, { template }: Chosen, facts: object): Promise<object> {
    const wanted = Object.values(template).some((text: string) => [...variablesOf(text)].some((name) => !Object.hasOwn(facts, name)));
    if (!wanted) return {};
    const kind = event !== null && isEventName(event) ? EVENTS[event].record : undefined;
    if (kind === 'customer') return (recordId !== null && (await this.customerPortraits.of(recordId))) || {};
    const about = kind === 'customer_user' ? recordId : customerUserId;
    return (about !== null && (await this.portraits.of(about))) || {};
  }
}
