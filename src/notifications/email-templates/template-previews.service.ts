import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../platform/errors/index.js';
import { Composer } from '../composer.js';
import { shippedTemplate } from './default-templates.js';
import type { EmailTemplate } from './email-template.entity.js';
import { EmailTemplatesRepository } from './email-templates.repository.js';
import type { EventName } from '../occurrences/events.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { render, RenderingFailed } from '../rendering/rendering.js';
import { isTemplateName, TEMPLATE_SAMPLES } from './template-samples.js';
import { TemplateChecks } from './template-checks.js';
import type { TemplatePreviewDraft, TemplatePreviewView } from './template-previews.dto.js';
import { TranslationDrafts, wordingOf } from './translation-drafts.js';
import { TriedOccurrences } from '../rules/tried-occurrences.js';
import type { Wording } from './wording.js';

/** Shows what a template makes of a record, or of the sample. A one-time link is always the sample's. */
@Injectable()
export class TemplatePreviews {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly drafts: TranslationDrafts,
    private readonly checks: TemplateChecks,
    private readonly occurrences: TriedOccurrences,
    private readonly composer: Composer,
  ) {}

  async show(id: number, draft: TemplatePreviewDraft): Promise<TemplatePreviewView> {
    const template = await this.templates.get(id);
    const { organizationId, name } = template;
    const occasions = await this.checks.occasionsOf(template);
    const event = draft.event ?? occasions[0]?.event ?? 'customer_user.created';
    const wordings = await this.wordings(template, draft, event);
    const occurrence = await this.occurrences.of(event, organizationId, draft.recordId ?? null);
    const localizationId = draft.localizationId ?? (await occurrence.person())?.localizationId ?? null;
    await this.drafts.refuseUnknown(localizationId, organizationId);
    const {
      template: texts,
      languages,
      sources,
    } = await this.composer.wording(wordings, shippedTemplate(name), organizationId, localizationId);
    const own = draft.recordId == null && draft.event === undefined && isTemplateName(name) ? TEMPLATE_SAMPLES[name] : {};
    const context = { ...(await contextOf(occurrence)), ...own };
    try {
      return { event, recordId: draft.recordId ?? null, localizationId, ...render(texts, context, languages), sources };
    } catch (error) {
      if (!(error instanceof RenderingFailed)) throw error;
      throw new InvalidInput([{ pointer: '/event', code: 'email_templates.not_rendered', detail: `${error.message} (at ${event})` }]);
    }
  }

  private async wordings(template: EmailTemplate, { translations }: TemplatePreviewDraft, event: EventName): Promise<readonly Wording[]> {
    if (!translations) return (await this.templates.wordingsOf([template.id])).get(template.id) ?? [];
    const wordings = translations.map(wordingOf);
    const occasions = await this.checks.occasionsAt(template, event);
    const faults = [
      ...(await this.drafts.faults(wordings, template.organizationId, shippedTemplate(template.name))),
      ...(await this.checks.faults(wordings, template.organizationId, occasions)),
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
    return wordings;
  }
}

const contextOf = async (occurrence: Occurrence): Promise<object> => ({ ...(await occurrence.record()), ...(await occurrence.facts()) });
