import { Injectable } from '@nestjs/common';
import { Localizations } from '../../organizations/index.js';
import { InvalidInput, type MemberFault } from '../../platform/errors/index.js';
import type { Template } from './default-templates.js';
import type { EmailTemplateTranslationDraft } from './email-templates.dto.js';
import { FIELDS, type Wording } from './wording.js';

export const wordingOf = ({ localizationId, subject, html, text }: EmailTemplateTranslationDraft): Wording => ({
  localizationId: localizationId ?? null,
  subject: subject ?? null,
  html: html ?? null,
  text: text ?? null,
});

/** Holds the translations of a template against the languages of its organization. */
@Injectable()
export class TranslationDrafts {
  constructor(private readonly localizations: Localizations) {}

  /** Throws `InvalidInput` for a language that the organization does not have. */
  async refuseUnknown(localizationId: number | null, organizationId: number): Promise<void> {
    if (localizationId === null || (await this.localizations.find(localizationId, organizationId))) return;
    const detail = `There is no localization ${localizationId}.`;
    throw new InvalidInput([{ pointer: '/localizationId', code: 'email_templates.localization_unknown', detail }]);
  }

  async faults(wordings: readonly Wording[], organizationId: number, shipped: Template | undefined): Promise<MemberFault[]> {
    const ids = wordings.flatMap(({ localizationId }) => localizationId ?? []);
    const known = await this.localizations.known(organizationId, ids);
    const faults = wordings.flatMap(({ localizationId }, index) => {
      const pointer = `/translations/${index}/localizationId`;
      if (wordings.findIndex((other) => other.localizationId === localizationId) < index)
        return [{ pointer, code: 'repeated', detail: 'There is one translation for each localization.' }];
      if (localizationId === null || known.has(localizationId)) return [];
      return [{ pointer, code: 'email_templates.localization_unknown', detail: `There is no localization ${localizationId}.` }];
    });
    return shipped ? faults : [...faults, ...missing(wordings)];
  }
}

/** What does not ship has nothing to fall back on but its own default. */
function missing(wordings: readonly Wording[]): MemberFault[] {
  const index = wordings.findIndex(({ localizationId }) => localizationId === null);
  const code = 'email_templates.default_required';
  if (index < 0) return [{ pointer: '/translations', code, detail: 'One translation must be the default, with localizationId null.' }];
  return FIELDS.filter((field) => wordings[index]?.[field] === null).map((field) => ({
    pointer: `/translations/${index}/${field}`,
    code,
    detail: `The default translation needs a ${field}: there is nothing to fall back on.`,
  }));
}
