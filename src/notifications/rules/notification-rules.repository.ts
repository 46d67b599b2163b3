import { Injectable } from '@nestjs/common';
import { ReachedRows } from '../../platform/authorization/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { EmailTemplate } from '../email-templates/email-template.entity.js';
import { NotificationRule } from './notification-rule.entity.js';
import { NotificationRulePermission } from '../permissions.js';

/** A rule with the name of its template. */
export type NamedRule = NotificationRule & { templateName: string };

@Injectable()
export class NotificationRulesRepository extends ReachedRows<NotificationRule> {
  constructor(work: UnitOfWork, context: CurrentContext) {
    super(work, context, {
      entity: NotificationRule,
      alias: 'rule',
      view: NotificationRulePermission.view,
      columns: { organization: 'rule.organizationId' },
      noun: 'notification rule',
    });
  }

  /** The rules of the organization for some events, active or not, in the order in which they came; whoever acts. */
  async forEvents(organizationId: number, events: readonly string[]): Promise<NamedRule[]> {
    const query = this.work
      .repository(NotificationRule)
      .createQueryBuilder('rule')
      .innerJoin(EmailTemplate, 'template', 'template.id = rule.templateId')
      .addSelect('template.name', 'template_name')
      .where('rule.organizationId = :organizationId AND rule.event IN (:...events)', { organizationId, events })
      .orderBy('rule.id');
    const { entities, raw } = await query.getRawAndEntities<{ template_name: string }>();
    return entities.map((rule, index) => Object.assign(rule, { templateName: raw[index]?.template_name ?? '' }));
  }

  /** Of the templates. */
  async using(templateId: number): Promise<NotificationRule[]> {
    return this.work.repository(NotificationRule).findBy({ templateId });
  }

  save(rule: NotificationRule): Promise<NotificationRule> {
    return this.work.repository(NotificationRule).save(rule);
  }

  async remove(id: number): Promise<void> {
    await this.work.repository(NotificationRule).delete({ id });
  }
}
