import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { ReachedRows } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { isBrokenReference, refusingDuplicates, UnitOfWork } from '../../platform/database/index.js';
import { EmailTemplate, EmailTemplateTranslation } from './email-template.entity.js';
import { EmailTemplateInUse, EmailTemplateNameTaken } from '../errors.js';
import { EmailTemplatePermission } from '../permissions.js';
import type { Wording } from './wording.js';

@Injectable()
export class EmailTemplatesRepository extends ReachedRows<EmailTemplate> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: EmailTemplate,
      alias: 'template',
      view: EmailTemplatePermission.view,
      columns: { organization: 'template.organizationId' },
      noun: 'email template',
    });
  }

  /** A template of the organization; whoever acts. */
  find(where: { id: number } | { name: string }, organizationId: number): Promise<EmailTemplate | null> {
    return this.work.repository(EmailTemplate).findOneBy({ ...where, organizationId });
  }

  /** What the templates say, by id, the default of each first. */
  async wordingsOf(ids: readonly number[]): Promise<Map<number, Wording[]>> {
    const order = { localizationId: 'ASC', id: 'ASC' } as const;
    const rows =
      ids.length === 0 ? [] : await this.work.repository(EmailTemplateTranslation).find({ where: { templateId: In(ids) }, order });
    const wordings = new Map<number, Wording[]>(ids.map((id) => [id, []]));
    for (const { templateId, localizationId, subject, html, text } of rows)
      wordings.get(templateId)?.push({ localizationId, subject, html, text });
    return wordings;
  }

  /** What a template of the organization says, without the texts of its files, in one statement; whoever acts. */
  async wordingsFor({
    organizationId,
    id,
    name,
  }: {
    organizationId: number;
    id: number | null;
    name: string;
  }): Promise<Wording[] | undefined> {
    const query = this.work
      .repository(EmailTemplate)
      .createQueryBuilder('template')
      .leftJoin(EmailTemplateTranslation, 'wording', 'wording.templateId = template.id')
      .select(['template.id AS id', 'wording.id AS wordingId', 'wording.localizationId AS localizationId'])
      .addSelect(['wording.subject AS subject', 'wording.html AS html', 'wording.text AS text'])
      .where('template.organizationId = :organizationId', { organizationId });
    if (id === null) query.andWhere('template.name = :name', { name });
    else query.andWhere('template.id = :id', { id });
    const rows = await query.getRawMany<Wording & { wordingId: unknown }>();
    if (rows.length === 0) return undefined;
    return rows
      .filter(({ wordingId }) => wordingId !== null)
      .map(({ localizationId, subject, html, text }) => ({
        ...{ subject, html, text },
        localizationId: localizationId === null ? null : Number(localizationId),
      }));
  }

  save(template: EmailTemplate): Promise<EmailTemplate> {
    return refusingDuplicates(this.work.manager, { uq_email_templates_name: () => new EmailTemplateNameTaken() }, () =>
      this.work.repository(EmailTemplate).save(template),
    );
  }

  async replaceWordings(templateId: number, wordings: readonly Wording[]): Promise<void> {
    const rows = this.work.repository(EmailTemplateTranslation);
    await rows.delete({ templateId });
    if (wordings.length > 0) await rows.insert(wordings.map((wording) => ({ templateId, ...wording })));
  }

  async remove(id: number): Promise<void> {
    await this.work
      .repository(EmailTemplate)
      .delete({ id })
      .catch((error: unknown) => {
        throw isBrokenReference(error) ? new EmailTemplateInUse() : error;
      });
  }
}
