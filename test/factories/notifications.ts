import type { EmailView } from '../../src/notifications/emails/email.dto.js';
import type { EmailTemplateView } from '../../src/notifications/email-templates/email-templates.dto.js';
import type { NotificationRuleView } from '../../src/notifications/rules/notification-rules.dto.js';
import type { Listed } from '../support/client.js';
import type { Caller } from '../support/product.js';
import { created } from './created.js';
import type { Json } from './json.js';

export type TemplateBody = Json<EmailTemplateView>;
export type RuleBody = Json<NotificationRuleView>;
export type EmailBody = Json<EmailView>;

let made = 0;

/** A template of the organization, with texts that fit any event about a customer user. */
export async function aTemplate(caller: Caller, draft: object = {}): Promise<TemplateBody> {
  const texts = { localizationId: null, subject: 'News of {{firstName}}', html: '<p>{{firstName}}</p>', text: 'Of {{firstName}}.' };
  return created(
    await caller.post<TemplateBody>('/admin/api/email-templates', { name: `template_${(made += 1)}`, translations: [texts], ...draft }),
  );
}

/** A template that ships with the product. */
export async function theTemplate(caller: Caller, name: string): Promise<TemplateBody> {
  const { body } = await caller.get<Listed<TemplateBody>>(`/admin/api/email-templates?filter[name]=${name}`);
  const [template] = body.items;
  if (!template) throw new Error(`There is no template ${name}.`);
  return template;
}

/** A rule that tells somebody of every new customer user. */
export async function aRule(caller: Caller, draft: object = {}): Promise<RuleBody> {
  const templateId = 'templateId' in draft ? draft.templateId : (await aTemplate(caller)).id;
  const recipients = [{ type: 'address', address: 'news@merchant.example' }];
  return created(
    await caller.post<RuleBody>('/admin/api/notification-rules', { event: 'customer_user.created', templateId, recipients, ...draft }),
  );
}

/** A rule that ships with the product. */
export async function theRule(caller: Caller, code: string): Promise<RuleBody> {
  const { body } = await caller.get<Listed<RuleBody>>('/admin/api/notification-rules?limit=200');
  const rule = body.items.find((one) => one.code === code);
  if (!rule) throw new Error(`There is no rule ${code}.`);
  return rule;
}
