import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { OrganizationBeginning } from '../../organizations/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { DEFAULT_RULES, RULE_CODES } from './default-rules.js';
import { EmailTemplate } from '../email-templates/email-template.entity.js';
import { NotificationRule } from './notification-rule.entity.js';
import { TemplateFoundation } from '../email-templates/template-foundation.js';

/** The mails of the product, as rules of every organization, and the templates that they use. */
@Injectable()
export class RuleFoundation extends OrganizationBeginning {
  constructor(
    private readonly work: UnitOfWork,
    private readonly templates: TemplateFoundation,
    private readonly clock: Clock,
  ) {
    super();
  }

  async lay(organizationIds: readonly number[]): Promise<void> {
    await this.templates.lay(organizationIds);
    const rules = this.work.repository(NotificationRule);
    const there = await rules.find({
      select: { organizationId: true, code: true },
      where: { organizationId: In(organizationIds), code: In(RULE_CODES) },
    });
    const known = new Set(there.map(({ organizationId, code }) => `${organizationId} ${code}`));
    const missing = organizationIds.flatMap((organizationId) =>
      RULE_CODES.filter((code) => !known.has(`${organizationId} ${code}`)).map((code) => ({ organizationId, code })),
    );
    if (missing.length === 0) return;
    const templateIds = await this.templateIds(missing.map(({ organizationId }) => organizationId));
    const now = this.clock.now();
    const rows = missing.map(({ organizationId, code }) => {
      const { event, template, conditions, recipients } = DEFAULT_RULES[code];
      const templateId = templateIds.get(`${organizationId} ${template}`) ?? 0;
      const what = { organizationId, code, event, templateId, conditions: [...conditions], recipients: [...recipients] };
      return { ...what, localizationId: null, active: true, createdAt: now, updatedAt: now, version: 1 };
    });
    await rules.createQueryBuilder().insert().values(rows).updateEntity(false).execute();
  }

  async clear(organizationId: number): Promise<void> {
    await this.work.repository(NotificationRule).delete({ organizationId, code: In(RULE_CODES) });
    await this.templates.clear(organizationId);
  }

  private async templateIds(organizationIds: readonly number[]): Promise<Map<string, number>> {
    const rows = await this.work.repository(EmailTemplate).findBy({ organizationId: In([...new Set(organizationIds)]) });
    return new Map(rows.map(({ id, organizationId, name }) => [`${organizationId} ${name}`, id]));
  }
}
