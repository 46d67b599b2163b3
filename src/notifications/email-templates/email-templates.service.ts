import { Injectable } from '@nestjs/common';
import { OrganizationChoice } from '../../organizations/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { InvalidInput, type MemberFault, memberOf } from '../../platform/errors/index.js';
import { History, type HistoryRules } from '../../platform/history/index.js';
import type { Checked } from '../../platform/http/index.js';
import type { ListRequest, Page } from '../../platform/listing/index.js';
import { shippedTemplate } from './default-templates.js';
import { EmailTemplate } from './email-template.entity.js';
import type { EmailTemplateChange, EmailTemplateDraft, EmailTemplateView } from './email-templates.dto.js';
import { emailTemplateListing } from './email-templates.listing.js';
import { EmailTemplatesRepository } from './email-templates.repository.js';
import { NoDefaultTexts, ShippedTemplateKept } from '../errors.js';
import { EmailTemplatePermission } from '../permissions.js';
import { TemplateChecks } from './template-checks.js';
import { TranslationDrafts, wordingOf } from './translation-drafts.js';
import { keptOf, sameWordings, shownOf, type Wording } from './wording.js';

type Recorded = EmailTemplate & { texts: Record<string, Omit<Wording, 'localizationId'>> };

const HISTORY: HistoryRules<Recorded> = { entity: 'email_template', members: ['name'], named: { translations: 'texts' } };

@Injectable()
export class EmailTemplates {
  constructor(
    private readonly work: UnitOfWork,
    private readonly templates: EmailTemplatesRepository,
    private readonly drafts: TranslationDrafts,
    private readonly checks: TemplateChecks,
    private readonly choice: OrganizationChoice,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  async list(request: ListRequest): Promise<Page<EmailTemplateView>> {
    const { rows, page } = await emailTemplateListing.page(this.templates.reached(), request);
    const wordings = await this.templates.wordingsOf(rows.map(({ id }) => id));
    return { items: rows.map((row) => viewOf(row, wordings.get(row.id) ?? [])), page };
  }

  async get(id: number): Promise<EmailTemplateView> {
    return this.view(await this.templates.get(id));
  }

  /** Throws `InvalidInput` with the faults of the draft's form and those of its meaning. */
  create({ members, faults }: Checked<EmailTemplateDraft>): Promise<EmailTemplateView> {
    return this.work.run(async () => {
      const { name, organizationId: wanted } = members;
      // Not there when it is malformed.
      const { translations = [] } = members as Partial<EmailTemplateDraft>;
      const organizationId = await this.choice.choose(EmailTemplatePermission.create, wanted, faults);
      const wordings = translations.map(wordingOf);
      await this.refuse(faults, wordings, { organizationId });
      const now = this.clock.now();
      const draft = Object.assign(new EmailTemplate(), { organizationId, name, createdAt: now, updatedAt: now });
      const saved = await this.templates.save(draft);
      const kept = keptOf(wordings, undefined);
      await this.templates.replaceWordings(saved.id, kept);
      await this.history.created(HISTORY, recorded(saved, kept));
      return viewOf(saved, kept);
    });
  }

  /** The same for a change. */
  change(id: number, { members: { name, translations }, faults }: Checked<EmailTemplateChange>): Promise<EmailTemplateView> {
    return this.work.run(async () => {
      const template = await this.templates.getForChange(id, EmailTemplatePermission.edit);
      const shipped = shippedTemplate(template.name);
      const before = recorded({ ...template }, await this.wordings(id));
      const wordings = translations?.map(wordingOf);
      if (wordings) await this.refuse(faults, wordings, template);
      else if (faults.length > 0) throw new InvalidInput(faults);
      if (name !== undefined && name !== template.name && shipped) throw new ShippedTemplateKept('renamed');
      return this.keep(template, before, name ?? template.name, wordings && keptOf(wordings, shipped));
    });
  }

  /** What it shipped with holds again, in every language. */
  reset(id: number): Promise<EmailTemplateView> {
    return this.work.run(async () => {
      const template = await this.templates.getForChange(id, EmailTemplatePermission.edit);
      if (!shippedTemplate(template.name)) throw new NoDefaultTexts();
      return this.keep(template, recorded({ ...template }, await this.wordings(id)), template.name, [], 'reset');
    });
  }

  remove(id: number): Promise<void> {
    return this.work.run(async () => {
      const template = await this.templates.getForChange(id, EmailTemplatePermission.delete);
      if (shippedTemplate(template.name)) throw new ShippedTemplateKept('deleted');
      const before = recorded(template, await this.wordings(id));
      await this.templates.remove(id);
      await this.history.deleted(HISTORY, before);
    });
  }

  private async keep(
    template: EmailTemplate,
    before: Recorded,
    name: string,
    wordings?: readonly Wording[],
    act?: string,
  ): Promise<EmailTemplateView> {
    const present = await this.wordings(template.id);
    const after = wordings ?? present;
    if (name === template.name && sameWordings(after, present)) return viewOf(template, present);
    const saved = await this.templates.save(Object.assign(template, { name, updatedAt: this.clock.now() }));
    if (wordings) await this.templates.replaceWordings(template.id, wordings);
    await this.history.changed(HISTORY, before, recorded(saved, after), act);
    return viewOf(saved, after);
  }

  /** What has a fault in its form already is looked at no further. */
  private async refuse(
    known: readonly MemberFault[],
    wordings: readonly Wording[],
    template: EmailTemplate | { organizationId: number },
  ): Promise<void> {
    const skip = known.map(memberOf).includes('translations');
    const named = 'name' in template ? template : undefined;
    const shipped = named && shippedTemplate(named.name);
    const faults = skip
      ? []
      : [
          ...(await this.drafts.faults(wordings, template.organizationId, shipped)),
          ...(await this.checks.faults(wordings, template.organizationId, named ? await this.checks.occasionsOf(named) : [])),
        ];
    if (known.length + faults.length > 0) throw new InvalidInput([...known, ...faults]);
  }

  private async view(template: EmailTemplate): Promise<EmailTemplateView> {
    return viewOf(template, await this.wordings(template.id));
  }

  private async wordings(id: number): Promise<Wording[]> {
    return (await this.templates.wordingsOf([id])).get(id) ?? [];
  }
}

const viewOf = (
  { id, organizationId, name, createdAt, updatedAt, version }: EmailTemplate,
  wordings: readonly Wording[],
): EmailTemplateView => {
  const shipped = shippedTemplate(name);
  const system = shipped !== undefined;
  return {
    id,
    organizationId,
    name,
    system,
    edited: system && wordings.length > 0,
    translations: shownOf(wordings, shipped),
    createdAt,
    updatedAt,
    version,
  };
};

const recorded = (template: EmailTemplate, wordings: readonly Wording[]): Recorded => ({
  ...template,
  texts: Object.fromEntries(
    wordings.map(({ localizationId, ...texts }) => [localizationId === null ? 'default' : `localization ${localizationId}`, texts]),
  ),
});
