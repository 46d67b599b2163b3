import { EmailTemplate } from '../../src/notifications/email-templates/email-template.entity.js';
import { NotificationRule } from '../../src/notifications/rules/notification-rule.entity.js';
import { OrganizationBeginnings } from '../../src/organizations/index.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aRule, aTemplate, type RuleBody, theRule, theTemplate } from '../factories/notifications.js';
import { anOrganization } from '../factories/organizations.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

describe('The mails of the product', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const catchUp = () => product.work.run(() => product.inside(OrganizationBeginnings).catchUp());
  const counts = async (organizationId: number) =>
    Promise.all([
      product.work.repository(EmailTemplate).countBy({ organizationId }),
      product.work.repository(NotificationRule).countBy({ organizationId }),
    ]);

  it('come to an organization of an older version with the next start, once, and touch nothing that is there', async () => {
    const { id } = await anOrganization(product);
    const before = await counts(id);
    await product.work.repository(NotificationRule).delete({ organizationId: id, code: 'export_done' });
    await product.work.repository(EmailTemplate).delete({ organizationId: id, name: 'export_result' });
    const kept = await theRule(admin, 'export_done');
    await admin.patch(`/admin/api/notification-rules/${kept.id}`, { active: false });

    await catchUp();
    await catchUp();

    expect(await counts(id)).toEqual(before);
    expect((await admin.get<RuleBody>(`/admin/api/notification-rules/${kept.id}`)).body.active).toBe(false);
  });

  it('are sent also while they are not there as rules', async () => {
    await product.work.repository(NotificationRule).delete({ code: 'customer_user_password_reset' });
    const person = await aCustomerUser(admin);
    await admin.post(`/admin/api/customer-users/${person.id}/reset-password`);

    const mail = await theMail(product.mails, person.email, 'Please set a new password for Default');
    expect(tokenIn(mail)).toHaveLength(43);
    await catchUp();
  });

  it('go with an organization, which stays while it has rules or templates of its own', async () => {
    const [plain, grown] = [await anOrganization(product), await anOrganization(product)];
    const template = await aTemplate(admin, { organizationId: grown.id });
    const rule = await aRule(admin, { organizationId: grown.id, templateId: template.id });

    expect((await admin.delete(`/admin/api/organizations/${plain.id}`)).status).toBe(204);
    expect(await counts(plain.id)).toEqual([0, 0]);
    const before = await counts(grown.id);
    expect((await admin.delete(`/admin/api/organizations/${grown.id}`)).status).toBe(409);
    expect(await counts(grown.id)).toEqual(before);
    await admin.delete(`/admin/api/notification-rules/${rule.id}`);
    await admin.delete(`/admin/api/email-templates/${template.id}`);
    expect((await admin.delete(`/admin/api/organizations/${grown.id}`)).status).toBe(204);
  });

  it('are edited by one of two who have seen the same version, and one of two templates gets a name', async () => {
    const template = await theTemplate(admin, 'import_error');
    const edits = await Promise.all(
      ['A', 'B'].map((subject) =>
        admin.patch(`/admin/api/email-templates/${template.id}`, { translations: [{ subject }] }, { 'if-match': `"${template.version}"` }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 412]);

    const texts = { subject: 'a', html: 'b', text: 'c' };
    const made = await Promise.all([1, 2].map(() => admin.post('/admin/api/email-templates', { name: 'raced', translations: [texts] })));
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409]);
    const rule = await theRule(admin, 'import_failed');
    const switched = await Promise.all(
      [true, false].map(() =>
        admin.patch(`/admin/api/notification-rules/${rule.id}`, { active: false }, { 'if-match': `"${rule.version}"` }),
      ),
    );
    expect(switched.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('fit the event of each rule, also when template and rule are written at once', async () => {
    const unfit = [{ subject: '{{consentName}}', html: 'x', text: 'x' }];
    for (let i = 0; i < 8; i += 1) {
      const template = await aTemplate(admin);
      const rule = i % 2 === 0 ? undefined : await aRule(admin, { event: 'consent.withdrawn', templateId: template.id });
      const draft = { event: 'customer_user.created', templateId: template.id, recipients: [{ type: 'owner' }] };

      const [edited, ruled] = await Promise.all([
        admin.patch<Refused>(`/admin/api/email-templates/${template.id}`, { translations: unfit }),
        rule
          ? admin.patch<Refused>(`/admin/api/notification-rules/${rule.id}`, { event: draft.event })
          : admin.post<Refused>('/admin/api/notification-rules', draft),
      ]);

      const refused = [edited, ruled].filter(({ status }) => status === 400);
      expect(refused.map(({ body }) => body.errors?.[0]?.code)).toEqual([
        refused[0] === edited ? 'email_templates.variable_unknown' : 'notification_rules.template_unfit',
      ]);
    }
  });

  it('may have anything beside that link, known of everybody or not', async () => {
    const { id } = await theTemplate(admin, 'customer_user_reset_password');
    const html = '<p>{{moment createdAt}} {{sentence middleName lastName}} {{customer.name}} <a href="{{link}}">Go on</a></p>';

    expect((await admin.patch(`/admin/api/email-templates/${id}`, { translations: [{ localizationId: null, html }] })).status).toBe(200);
    await admin.post(`/admin/api/email-templates/${id}/reset`);
  });

  it.each([
    '<!-- <a href="{{link}}">Go on</a> -->',
    '<!-- <a href="{{link}}">Go on</a>',
    '<title>{{link}}</title>',
    '<textarea>{{link}}</textarea>',
    '<a href="{{link}}abc">{{link}}abc</a>',
    '<a href="https://evil.example/?{{link}}">Go on</a>',
    '<img src="{{link}}" alt="">',
    '<p data-x="{{link}}">Go on</p>',
    '{{#if middleName}}<a href="{{link}}">Go on</a>{{/if}}',
    '{{#unless middleName}}<a href="{{link}}">Go on</a>{{/unless}}',
  ])('keep the link without which nobody gets in where it is seen by everybody: %s', async (html) => {
    const { id } = await theTemplate(admin, 'customer_user_reset_password');
    const translations = [{ localizationId: null, html: `<p>Hello</p>${html}` }];

    expect(await admin.patch(`/admin/api/email-templates/${id}`, { translations })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/translations/0/html', code: 'email_templates.link_missing' }] },
    });
  });

  it.each(['{{link}}abc', 'abc{{link}}', 'https://evil.example/?{{link}}', '{{link}}/{{firstName}}'])(
    'keep that link by itself in the text: %s',
    async (text) => {
      const { id } = await theTemplate(admin, 'customer_user_reset_password');

      expect(await admin.patch(`/admin/api/email-templates/${id}`, { translations: [{ localizationId: null, text }] })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/translations/0/text', code: 'email_templates.link_missing' }] },
      });
    },
  );

  it('refuse a value where it would be more than text of HTML, at its place, on each of their occasions once', async () => {
    const template = await aTemplate(admin);
    for (const event of ['customer_user.created', 'customer_user.changed']) await aRule(admin, { event, templateId: template.id });
    const html = `<p>{{firstName}}</p>\n<p onclick="greet('{{firstName}}')" title="{{surname}}">`;

    const { status, body } = await admin.patch<Refused>(`/admin/api/email-templates/${template.id}`, {
      translations: [{ subject: 'a', html, text: '<p {{firstName}}>' }],
    });

    expect([status, body.errors?.map(({ pointer, code }) => [pointer, code])]).toEqual([
      400,
      [
        ['/translations/0/html', 'email_templates.place_unsafe'],
        ['/translations/0/html', 'email_templates.variable_unknown'],
        ['/translations/0/html', 'email_templates.variable_unknown'],
      ],
    ]);
    expect(body.errors?.[0]?.detail).toBe('Line 2, column 20: onclick is read as more than text, so no value may stand in it.');
  });
});
