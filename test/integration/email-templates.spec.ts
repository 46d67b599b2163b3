import { historyOf } from '../factories/history.js';
import { aLocalization, anOrganization } from '../factories/organizations.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aRule, aTemplate, type TemplateBody, theTemplate } from '../factories/notifications.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUserCaller } from '../factories/users.js';
import { SHIPPED_NAMES } from '../support/shipped-templates.js';
import type { Listed } from '../support/client.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const RESET = 'customer_user_reset_password';
const LINKED = { html: '<p>{{firstName}}: <a href="{{link}}">{{link}}</a></p>', text: 'Hello {{firstName}}: {{link}}' };

describe('Email templates', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const url = ({ id }: { id: number }, act = '') => `/admin/api/email-templates/${id}${act}`;
  const edit = (template: TemplateBody, translations: object[]) => admin.patch<TemplateBody>(url(template), { translations });
  const refusals = async (template: TemplateBody, translations: object[]) => {
    const { status, body } = await admin.patch<Refused>(url(template), { translations });
    return {
      status,
      faults: (body.errors ?? []).map(({ pointer, code }) => [pointer, code]),
      details: body.errors?.map(({ detail }) => detail),
    };
  };
  const preview = <T = { subject: string; html: string; text: string; sources: object; localizationId: number | null }>(
    template: { id: number },
    draft: object = {},
  ) => admin.post<T>(url(template, '/preview'), draft);

  describe('that ship with the product', () => {
    it('are in every organization, whole, and have not been edited', async () => {
      const { id } = await anOrganization(product);
      for (const organizationId of [1, id]) {
        const { body } = await admin.get<Listed<TemplateBody>>(
          `/admin/api/email-templates?filter[organizationId]=${organizationId}&limit=200`,
        );
        expect(body.items.map(({ name }) => name)).toEqual(expect.arrayContaining([...SHIPPED_NAMES]));
        for (const { system, edited, translations } of body.items.filter(({ name }) => SHIPPED_NAMES.includes(name))) {
          expect([system, edited]).toEqual([true, false]);
          expect(translations).toEqual([
            {
              localizationId: null,
              subject: expect.any(String) as string,
              html: expect.any(String) as string,
              text: expect.any(String) as string,
            },
          ]);
        }
      }
    });

    it('cannot be deleted, renamed or made again', async () => {
      const template = await theTemplate(admin, 'export_result');

      expect(await admin.delete(url(template))).toMatchObject({ status: 409, body: { code: 'email_templates.shipped_not_deleted' } });
      expect(await admin.patch(url(template), { name: 'other' })).toMatchObject({
        status: 409,
        body: { code: 'email_templates.shipped_not_renamed' },
      });
      const again = { name: 'export_result', translations: template.translations };
      expect(await admin.post('/admin/api/email-templates', again)).toMatchObject({
        status: 409,
        body: { code: 'email_templates.name_taken' },
      });
    });

    it('stay unedited when what they say is sent back', async () => {
      for (const name of SHIPPED_NAMES) {
        const template = await theTemplate(admin, name);
        const { status, body } = await edit(template, template.translations);
        expect([name, status, body.edited, body.version]).toEqual([name, 200, false, template.version]);
      }
    });

    it('are sent as they are edited, text by text, and as they shipped once that is brought back', async () => {
      const template = await theTemplate(admin, 'customer_user_welcome_email_registered_by_admin');
      const changed = await edit(template, [{ localizationId: null, subject: 'Come in, {{firstName}} of {{customer.name}}' }]);
      expect(changed).toMatchObject({ status: 200, body: { edited: true, version: template.version + 1 } });
      const { email, customer } = await aCustomerUser(admin, {
        firstName: 'Brenda',
        generatePassword: true,
        password: undefined,
        sendWelcomeEmail: true,
      });

      const mail = await theMail(product.mails, email, `Come in, Brenda of ${customer.name}`);
      expect(mail.text).toContain('an account at Default has been opened for you.');

      expect(await admin.post<TemplateBody>(url(template, '/reset'))).toMatchObject({
        status: 200,
        body: { edited: false, translations: template.translations },
      });
      const other = await aCustomerUser(admin, { generatePassword: true, password: undefined, sendWelcomeEmail: true });
      await theMail(product.mails, other.email, 'Your account at Default is ready');
      expect((await historyOf(product, 'email_template', template.id)).map(({ action, actorName }) => [action, actorName])).toEqual([
        ['changed', 'First Administrator'],
        ['reset', 'First Administrator'],
      ]);
    });

    it('keep the link without which nobody gets in', async () => {
      const template = await theTemplate(admin, RESET);

      expect(
        await refusals(template, [
          { localizationId: null, html: '<p>Hello {{firstName}}</p>', text: 'Hello {{#if newEmail}}{{link}}{{/if}}' },
        ]),
      ).toMatchObject({
        status: 400,
        faults: [
          ['/translations/0/html', 'email_templates.link_missing'],
          ['/translations/0/text', 'email_templates.variable_unknown'],
        ],
      });
    });
  });

  describe('in other languages', () => {
    it('fall back text by text along the tree of localizations, then on the default, then on the files', async () => {
      const german = (await aLocalization(product)).id;
      const { body: austrian } = await admin.post<{ id: number }>('/admin/api/localizations', {
        name: 'Austrian',
        languageCode: 'de-AT',
        parentId: german,
      });
      const template = await theTemplate(admin, RESET);
      await edit(template, [
        { localizationId: null, text: 'Default {{link}}' },
        { localizationId: german, subject: 'Neues Kennwort für {{websiteName}}', text: `${LINKED.text} {{number validHours}}` },
        { localizationId: austrian.id, subject: 'Neues Passwort, {{firstName}}' },
      ]);

      const shown = (await preview(template, { localizationId: austrian.id })).body;
      expect([shown.subject, shown.text]).toEqual(['Neues Passwort, Amanda', expect.stringMatching(/^Hello Amanda: https:.* 24$/)]);
      expect(shown.html).toContain('<html lang="en">');
      expect(shown.sources).toEqual({ subject: austrian.id, text: german, html: null });
      expect((await preview(template)).body).toMatchObject({
        subject: 'Your new password for Acme Supplies',
        text: expect.stringMatching(/^Default/) as string,
      });
      await admin.post(url(template, '/reset'));
    });

    it('are sent in the language that the person prefers, else in that of his website', async () => {
      const { body: german } = await admin.post<{ id: number }>('/admin/api/localizations', { name: 'German', languageCode: 'de' });
      const { body: shop } = await admin.post<{ id: number }>('/admin/api/websites', {
        name: 'Laden',
        url: 'https://laden.example',
        localizationIds: [1, german.id],
        defaultLocalizationId: german.id,
      });
      const template = await theTemplate(admin, 'customer_user_force_reset_password');
      const html =
        '{{#> layout title="Neues Kennwort" button="Kennwort setzen" href=link hint="Geht der Knopf nicht?"}}Hallo {{firstName}}{{/layout}}';
      await edit(template, [
        { localizationId: german.id, subject: 'Bitte ein neues Kennwort', html, text: 'Hallo {{firstName}}: {{link}}' },
      ]);
      const [prefers, byWebsite, english] = [
        await aCustomerUser(admin, { websiteId: shop.id, preferredLocalizationId: german.id }),
        await aCustomerUser(admin, { websiteId: shop.id }),
        await aCustomerUser(admin, { websiteId: shop.id, preferredLocalizationId: 1 }),
      ];
      for (const { id } of [prefers, byWebsite, english]) await admin.post(`/admin/api/customer-users/${id}/reset-password`);

      expect((await theMail(product.mails, prefers.email, 'Bitte ein neues Kennwort')).text).toMatch(/^Hallo Amanda: http/);
      await theMail(product.mails, byWebsite.email, 'Bitte ein neues Kennwort');
      await theMail(product.mails, english.email, 'Please set a new password for Laden');
      const { body } = await admin.get<Listed<{ id: number; localizationId: number }>>(`/admin/api/emails?filter[to]=${prefers.email}`);
      const { html: sent } = (await admin.get<{ html: string }>(`/admin/api/emails/${body.items[0]?.id}`)).body;
      expect(body.items[0]?.localizationId).toBe(german.id);
      expect(sent).toContain('<html lang="de">');
      expect(sent).toContain('Geht der Knopf nicht?');
      expect(sent).not.toContain('Does the button');
    });

    it('keep a language from being deleted', async () => {
      const { id } = await aLocalization(product);
      await aTemplate(admin, { translations: [...(await aTemplate(admin)).translations, { localizationId: id, subject: 'Neues' }] });

      expect(await admin.delete(`/admin/api/localizations/${id}`)).toMatchObject({ status: 409, body: { code: 'localizations.in_use' } });
    });
  });

  describe('of an organization', () => {
    it('are made, changed and deleted, and the history says by whom', async () => {
      const template = await aTemplate(admin, { name: 'spring_greeting' });
      expect(template).toMatchObject({ name: 'spring_greeting', system: false, edited: false, version: 1 });

      const renamed = await admin.patch<TemplateBody>(url(template), { name: 'summer_greeting' }, { 'if-match': '"1"' });
      expect(renamed).toMatchObject({ status: 200, body: { name: 'summer_greeting', version: 2 } });
      expect(await admin.patch(url(template), { name: 'x' }, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
      expect(await admin.post(url(template, '/reset'))).toMatchObject({ status: 409, body: { code: 'email_templates.no_default' } });
      expect((await admin.delete(url(template))).status).toBe(204);
      expect((await admin.get(url(template))).status).toBe(404);
      expect(
        (await historyOf(product, 'email_template', template.id)).map(({ action, changes }) => [action, Object.keys(changes)]),
      ).toEqual([
        ['created', ['name', 'translations.default']],
        ['changed', ['name']],
        ['deleted', ['name', 'translations.default']],
      ]);
    });

    it('are not deleted while rules use them', async () => {
      const template = await aTemplate(admin);
      await aRule(admin, { templateId: template.id });

      expect(await admin.delete(url(template))).toMatchObject({ status: 409, body: { code: 'email_templates.in_use' } });
    });

    it('need a whole default, and a name of their own', async () => {
      const { name } = await aTemplate(admin);
      const post = (draft: object) => admin.post<Refused>('/admin/api/email-templates', draft);
      const whole = { subject: 'a', html: 'b', text: 'c' };

      expect((await post({ name: 'x', translations: [] })).body.errors).toMatchObject([
        { pointer: '/translations', code: 'email_templates.default_required' },
      ]);
      expect((await post({ name: 'x', translations: [{ subject: 'a' }] })).body.errors?.map(({ pointer }) => pointer)).toEqual([
        '/translations/0/html',
        '/translations/0/text',
      ]);
      expect(await post({ name, translations: [whole] })).toMatchObject({ status: 409, body: { code: 'email_templates.name_taken' } });
    });

    it("are nobody else's: another organization does not see them, nor does who lacks the permission", async () => {
      const elsewhere = await anOrganization(product);
      const theirs = await aTemplate(admin, { organizationId: elsewhere.id });
      const { id } = await aUserRole(admin, { permissions: { email_template: { view: 'organization', edit: 'organization' } } });
      const colleague = await aUserCaller(product, { roleIds: [id] });

      expect((await colleague.get(url(theirs))).status).toBe(404);
      expect((await colleague.patch(url(theirs), { name: 'x' })).status).toBe(404);
      expect((await colleague.post(url(theirs, '/preview'), {})).status).toBe(404);
      expect(await colleague.delete(url(await aTemplate(admin)))).toMatchObject({
        status: 403,
        body: { detail: 'This needs the permission email_template:delete.' },
      });
      const own = { name: 'x', translations: [{ subject: 'a', html: 'b', text: 'c' }] };
      expect((await colleague.post('/admin/api/email-templates', own)).status).toBe(403);
    });
  });

  describe('with bad texts', () => {
    let template: TemplateBody;

    beforeAll(async () => {
      template = await theTemplate(admin, RESET);
    });

    it.each([
      ['an unknown variable', '{{link}} {{surname}}', 'variable_unknown'],
      ['an unknown variable where the sample does not go', '{{link}} {{#unless firstName}}{{surname}}{{/unless}}', 'variable_unknown'],
      ['an unknown member of a record', '{{link}} {{customer.surname}}', 'variable_unknown'],
      ['a way to a prototype', '{{link}} {{firstName.constructor.constructor}}', 'variable_unknown'],
      ['a way to the process', '{{link}} {{constructor.constructor "return process"}}', 'helper_unknown'],
      ['a lookup', '{{link}} {{lookup this "constructor"}}', 'helper_unknown'],
      ['an endless loop', '{{link}} {{#while true}}x{{/while}}', 'helper_unknown'],
      ['a part that puts itself in', '{{link}} {{#*inline "a"}}{{> a}}{{/inline}}{{> a}}', 'not_allowed'],
      ['a file', '{{link}} {{> ../../../etc/passwd}}', 'not_allowed'],
      ['an unescaped value', '{{link}} {{{firstName}}}', 'not_allowed'],
      ['a block that is not closed', '{{link}} {{#if firstName}}', 'syntax'],
      ['a record where a text belongs', '{{link}} {{customer}}', 'not_rendered'],
    ])('refuses %s, at its place', async (_what, text, code) => {
      const { status, faults } = await refusals(template, [{ localizationId: null, text }]);

      expect({ status, faults }).toEqual({ status: 400, faults: [['/translations/0/text', `email_templates.${code}`]] });
    });

    it('says in which line, and what there is', async () => {
      const { details } = await refusals(template, [{ localizationId: null, text: '{{link}}\n\nDear {{surname}},' }]);

      expect(details).toEqual([
        expect.stringMatching(
          /^Line 3, column 8: there is no surname here; there are id, email, .*link.*\(at customer_user\.password_forgotten\)$/,
        ),
      ]);
    });

    it('tells all that is wrong in one answer, in form and meaning', async () => {
      const { id } = await aLocalization(product, (await anOrganization(product)).id);

      const { faults } = await refusals(template, [
        { localizationId: null, subject: '{{a}} {{b}}', html: '{{c}}' },
        { localizationId: id, subject: '{{#if x}}{{/if}}' },
        { localizationId: null, subject: ' ' },
      ]);
      expect(faults).toEqual([['/translations/2/subject', 'too_short']]);
      const again = await refusals(template, [
        { localizationId: null, subject: '{{a}} {{b}}', html: '{{c}}' },
        { localizationId: id, subject: '{{#if reason}}x{{/if}}' },
        {},
      ]);
      expect(again.faults).toEqual([
        ['/translations/1/localizationId', 'email_templates.localization_unknown'],
        ['/translations/2/localizationId', 'repeated'],
        ['/translations/0/subject', 'email_templates.variable_unknown'],
        ['/translations/0/subject', 'email_templates.variable_unknown'],
        ['/translations/0/html', 'email_templates.variable_unknown'],
        ['/translations/1/subject', 'email_templates.variable_unknown'],
      ]);
    });

    it('refuses a subject of several lines, and one that comes out blank', async () => {
      expect((await refusals(template, [{ localizationId: null, subject: 'a\r\nBcc: all@example.com' }])).faults).toEqual([
        ['/translations/0/subject', 'malformed'],
      ]);
      expect((await refusals(template, [{ localizationId: null, subject: '{{#unless firstName}}x{{/unless}}' }])).faults).toEqual([
        ['/translations/0/subject', 'email_templates.subject_blank'],
      ]);
    });

    it('refuses what is too long, and answers soon whatever it is', async () => {
      const start = performance.now();
      expect((await refusals(template, [{ localizationId: null, html: 'x'.repeat(200_001) }])).faults).toEqual([
        ['/translations/0/html', 'too_long'],
      ]);
      expect((await admin.patch(url(template), { translations: [{ html: 'x'.repeat(10_000_000) }] })).status).toBe(413);
      for (const tag of ['{{#if firstName}}', '{{#each roles}}', '{{a "', '{{!--', '{{(a ', '{{firstName}}'])
        expect((await refusals(template, [{ localizationId: null, html: tag.repeat(Math.floor(199_000 / tag.length)) }])).status).toBe(400);
      expect(performance.now() - start).toBeLessThan(10_000);
    });
  });

  describe('shown before they are sent', () => {
    it('tell of a real person, with a link that lets nobody in', async () => {
      const person = await aCustomerUser(admin, { firstName: '<script>alert(1)</script>', lastName: 'Evil' });
      const draft = {
        recordId: person.id,
        translations: [{ localizationId: null, subject: '{{fullName}} of {{customer.name}}', ...LINKED }],
      };

      const { status, body } = await preview(await theTemplate(admin, RESET), draft);

      expect(status).toBe(200);
      expect(body.subject).toBe(`<script>alert(1)</script> Evil of ${person.customer.name}`);
      expect(body.html).toContain('&lt;script&gt;');
      expect(body.html).not.toContain('<script');
      expect(body.text).toContain('token=WxBhDVAG');
    });

    it('tell of a sample of their own', async () => {
      expect((await preview(await theTemplate(admin, 'import_result'), {})).body.text).toMatch(/Added: +1,875/);
    });

    it('tell of an OAuth application, and nothing of what there is not or what the caller may not see', async () => {
      const person = await aCustomerUser(admin);
      const { body: application } = await admin.post<{ id: number; clientId: string }>(
        `/admin/api/customer-users/${person.id}/oauth-applications`,
        { name: 'Robot' },
      );
      const template = await theTemplate(admin, 'customer_user_oauth_application_created');
      expect((await preview(template, { recordId: application.id })).body).toMatchObject({
        subject: 'New OAuth application: Robot',
        text: expect.stringContaining(application.clientId) as string,
      });

      expect(await preview<Refused>(template, { recordId: 999_999 })).toMatchObject({
        status: 404,
        body: { code: 'notifications.record_not_found' },
      });
      expect((await preview<Refused>(await theTemplate(admin, 'import_result'), { recordId: 999_999 })).status).toBe(404);
      const { id } = await aUserRole(admin, { permissions: { email_template: { view: 'organization' } } });
      const reader = await aUserCaller(product, { roleIds: [id] });
      const reset = await theTemplate(admin, RESET);
      expect(await reader.post<Refused>(url(reset, '/preview'), { recordId: person.id })).toMatchObject({
        status: 404,
        body: { code: 'notifications.record_not_found' },
      });
      expect((await reader.post(url(reset, '/preview'), {})).status).toBe(200);
    });

    it('are checked as if they were saved, and need an event that they fit', async () => {
      const template = await theTemplate(admin, RESET);

      expect(await preview<Refused>(template, { translations: [{ text: 'no link' }] })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/translations/0/text', code: 'email_templates.link_missing' }] },
      });
      expect(await preview<Refused>(template, { event: 'export.finished' })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/event', code: 'email_templates.not_rendered' }] },
      });
      expect(await preview<Refused>(template, { localizationId: 999_999 })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/localizationId' }] },
      });
    });
  });
});
