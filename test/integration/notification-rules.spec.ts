import { HistoryEntry } from '../../src/platform/history/index.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerUser, anEmail, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { aRule, aTemplate, type EmailBody, type RuleBody, theRule, theTemplate } from '../factories/notifications.js';
import { aLocalization, anOrganization } from '../factories/organizations.js';
import { aUser } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const RULES = '/admin/api/notification-rules';

interface DryRun {
  holds: boolean;
  conditions: object[];
  mails: {
    to: { name: string | null; address: string } | null;
    reason: string | null;
    subject: string | null;
    localizationId: number | null;
  }[];
}

describe('Notification rules', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const url = ({ id }: { id: number }, act = '') => `${RULES}/${id}${act}`;
  const change = (rule: RuleBody, changes: object) => admin.patch<RuleBody>(url(rule), changes);
  const emails = async (filter: string) => (await admin.get<Listed<EmailBody>>(`/admin/api/emails?${filter}&limit=200`)).body.items;
  const settled = (filter: string) =>
    eventually(async () => !(await emails(filter)).some(({ status }) => status === 'queued'), 'the mails are settled');
  const dryRun = async (rule: { id: number }, recordId?: number) => (await admin.post<DryRun>(url(rule, '/dry-run'), { recordId })).body;

  describe('that ship with the product', () => {
    it('are in every organization, with what keeps people out of reach of mistakes', async () => {
      const { id } = await anOrganization(product);
      for (const organizationId of [1, id]) {
        const { body } = await admin.get<Listed<RuleBody>>(`${RULES}?filter[organizationId]=${organizationId}&limit=200`);
        const shipped = body.items.filter(({ system }) => system);
        expect(
          shipped
            .filter(({ essential }) => essential)
            .map(({ event }) => event)
            .sort(),
        ).toEqual([
          'customer_user.confirmation_requested',
          'customer_user.email_change_agreed',
          'customer_user.email_change_requested',
          'customer_user.invited',
          'customer_user.password_forgotten',
          'customer_user.password_reset_forced',
        ]);
        expect(new Set(shipped.map(({ event }) => event))).toEqual(
          new Set([
            ...[
              'customer_user.invited',
              'customer_user.welcomed',
              'customer_user.confirmation_requested',
              'customer_user.password_forgotten',
            ],
            ...['customer_user.password_reset_forced', 'customer_user.registered_again', 'customer_user.email_change_requested'],
            ...['customer_user.email_change_agreed', 'customer_user.email_changed', 'oauth_application.created', 'import.finished'],
            ...['export.finished', 'consent.withdrawn', 'oauth_application.secret_added', 'oauth_application.deactivated'],
            ...['oauth_application.deleted', 'oauth_application.secret_expiring'],
          ]),
        );
        expect(shipped.every(({ active }) => active)).toBe(true);
      }
    });

    it('write to somebody else, or nobody, when an admin wants it, until they are brought back', async () => {
      const rule = await theRule(admin, 'oauth_application_of_customer_user');
      const person = await aCustomerUser(admin);
      const anApplication = () =>
        admin.post<{ id: number }>(`/admin/api/customer-users/${person.id}/oauth-applications`, { name: `Robot ${anEmail()}` });
      const redirected = await change(rule, { recipients: [{ type: 'address', address: 'it@merchant.example' }] });
      expect(redirected).toMatchObject({
        status: 200,
        body: { recipients: [{ type: 'address', address: 'it@merchant.example' }], version: rule.version + 1 },
      });
      const { body: first } = await anApplication();
      await change(rule, { active: false });
      const { body: second } = await anApplication();
      await admin.post(url(rule, '/reset'));
      const { body: third } = await anApplication();

      const about = async ({ id }: { id: number }) =>
        (await emails(`filter[event]=oauth_application.created&filter[recordId]=${id}`)).map(({ to }) => to.address);
      expect([await about(first), await about(second), await about(third)]).toEqual([['it@merchant.example'], [], [person.email]]);
      expect((await historyOf(product, 'notification_rule', rule.id)).map(({ action, changes }) => [action, Object.keys(changes)])).toEqual(
        [
          ['changed', ['recipients']],
          ['changed', ['active']],
          ['reset', ['recipients', 'active']],
        ],
      );
    });

    it('are not deleted, and listen to what they listen to', async () => {
      const rule = await theRule(admin, 'export_done');

      expect(await admin.delete(url(rule))).toMatchObject({ status: 409, body: { code: 'notification_rules.shipped_not_deleted' } });
      expect(await admin.patch<Refused>(url(rule), { event: 'import.finished' })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/event', code: 'notification_rules.event_fixed' }] },
      });
      expect(await admin.post(url(await aRule(admin), '/reset'))).toMatchObject({
        status: 409,
        body: { code: 'notification_rules.no_default' },
      });
    });

    it.each([
      ['active', { active: false }],
      ['recipients', { recipients: [{ type: 'address', address: 'me@evil.example' }] }],
      ['conditions', { conditions: [{ path: 'email', operator: 'eq', value: 'x' }] }],
      ['event', { event: 'customer_user.created' }],
    ])('stay as they are where people would not get in else: %s', async (member, changes) => {
      const rule = await theRule(admin, 'customer_user_password_forgotten');

      expect(await admin.patch<Refused>(url(rule), changes)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${member}`, code: 'notification_rules.essential' }] },
      });
      expect(await change(rule, { active: true, recipients: rule.recipients })).toMatchObject({
        status: 200,
        body: { version: rule.version },
      });
    });

    it('can be written in one language for all', async () => {
      const { id } = await aLocalization(product);
      const template = await theTemplate(admin, 'customer_user_reset_password');
      await admin.patch(`/admin/api/email-templates/${template.id}`, { translations: [{ localizationId: id, subject: 'Neues Kennwort' }] });
      const rule = await theRule(admin, 'customer_user_password_forgotten');
      expect((await change(rule, { localizationId: id })).status).toBe(200);
      const { email } = await aCustomerUser(admin);
      await product.nobody.post('/api/password/forgot', { email });

      await theMail(product.mails, email, 'Neues Kennwort');
      await admin.post(url(rule, '/reset'));
    });
  });

  describe('of an organization', () => {
    it('write to everybody whom they name, each address once, when their conditions hold', async () => {
      const [sam, rob] = [await aUser(admin, { firstName: 'Sam' }), await aUser(admin, { firstName: 'Rob' })];
      const customer = await aCustomer(admin, { name: 'Northwind Ltd', ownerId: rob.id, salesRepresentativeIds: [sam.id] });
      const template = await aTemplate(admin, {
        translations: [
          {
            subject: '{{fullName}} joined {{customer.name}}',
            html: '<p>{{owner.fullName}}</p>',
            text: '{{#each roles}}{{label}}{{/each}} {{website.url}}',
          },
        ],
      });
      const rule = await aRule(admin, {
        templateId: template.id,
        conditions: [
          { path: 'customer.name', operator: 'startsWith', value: 'northwind' },
          { path: 'enabled', operator: 'eq', value: true },
          { path: 'lastName', operator: 'in', value: ['Cole', 'Hayes'] },
        ],
        recipients: [
          ...[{ type: 'customer-user' }, { type: 'owner' }, { type: 'sales-representatives' }, { type: 'user', userId: rob.id }],
          ...[
            { type: 'path', path: 'customer.owner' },
            { type: 'path', path: 'customer.owner.email' },
            { type: 'address', address: 'news@merchant.example' },
          ],
        ],
      });
      const joined = await aCustomerUser(admin, { customerId: customer.id, ownerId: sam.id, lastName: 'Hayes' });
      const other = await aCustomerUser(admin, { customerId: customer.id, lastName: 'Novak' });

      const filter = `filter[ruleId]=${rule.id}`;
      await settled(filter);
      const sent = await emails(filter);
      expect(sent.map(({ to }) => to.address).sort()).toEqual([joined.email, sam.email, rob.email, 'news@merchant.example'].sort());
      expect(
        sent.every(({ recordId, event, status }) => recordId === joined.id && event === 'customer_user.created' && status === 'sent'),
      ).toBe(true);
      const mail = await theMail(product.mails, rob.email, `${joined.fullName} joined Northwind Ltd`);
      expect(mail.text).toBe('Buyer http://localhost:3000');
      expect(await dryRun(rule, other.id)).toMatchObject({
        holds: false,
        conditions: [{ holds: true }, { holds: true }, { holds: false, actual: 'Novak' }],
        mails: [],
      });
      expect((await dryRun(rule, joined.id)).mails.map(({ to, subject }) => [to?.address, subject])).toEqual(
        [joined.email, sam.email, rob.email, 'news@merchant.example'].map((address) => [
          address,
          `${joined.fullName} joined Northwind Ltd`,
        ]),
      );
      await admin.delete(url(rule));
    });

    it('keep in the log whom they could not write to, and why', async () => {
      const customer = await aCustomer(admin, { ownerId: null });
      const recipients = [
        { type: 'sales-representatives' },
        { type: 'path', path: 'customer.owner' },
        { type: 'address', address: 'news@merchant.example' },
      ];
      const rule = await aRule(admin, { recipients });
      const person = await aCustomerUser(admin, { customerId: customer.id });

      const filter = `filter[ruleId]=${rule.id}&filter[recordId]=${person.id}`;
      await settled(filter);
      const log = (await emails(filter)).map(({ to, status, error }) => [to.address, status, error]);
      expect(log).toHaveLength(3);
      expect(log).toEqual(
        expect.arrayContaining([
          [null, 'given-up', 'There are no sales representatives.'],
          [null, 'given-up', 'customer.owner leads to no email address.'],
          ['news@merchant.example', 'sent', null],
        ]),
      );
      const [unreached] = await emails(`${filter}&filter[status]=given-up`);
      expect(await admin.post(`/admin/api/emails/${unreached?.id}/resend`)).toMatchObject({
        status: 409,
        body: { code: 'emails.not_resendable' },
      });
      expect((await dryRun(rule, person.id)).mails.map(({ to, reason }) => to?.address ?? reason)).toEqual([
        'There are no sales representatives.',
        'customer.owner leads to no email address.',
        'news@merchant.example',
      ]);
      await admin.delete(url(rule));
    });

    it('leave no trace of a person who is erased in what they told others', async () => {
      const rule = await aRule(admin);
      const person = await aCustomerUser(admin, { firstName: 'Unforgettable' });
      const filter = `filter[ruleId]=${rule.id}`;
      await settled(filter);
      const [sent] = await emails(filter);
      expect((await admin.post(`/admin/api/customer-users/${person.id}/erase`)).status).toBeLessThan(300);

      const { body } = await admin.get<EmailBody & { text: string }>(`/admin/api/emails/${sent?.id}`);
      expect(sent?.subject).toBe('News of Unforgettable');
      expect(body.to.address).toBe('news@merchant.example');
      expect(JSON.stringify(body)).not.toContain('Unforgettable');
      await admin.delete(url(rule));
    });

    it('write to no console user who is disabled', async () => {
      const gone = await aUser(admin);
      const rule = await aRule(admin, { recipients: [{ type: 'user', userId: gone.id }] });
      await admin.patch(`/admin/api/users/${gone.id}`, { enabled: false });
      await aCustomerUser(admin);

      expect((await emails(`filter[ruleId]=${rule.id}`)).map(({ error }) => error)).toEqual([`There is no enabled user ${gone.id}.`]);
      await admin.delete(url(rule));
    });

    it('hear nothing once they are inactive or gone, and nothing of another organization', async () => {
      const elsewhere = await anOrganization(product);
      const [inactive, theirs, deleted] = [
        await aRule(admin, { active: false }),
        await aRule(admin, { organizationId: elsewhere.id, templateId: (await aTemplate(admin, { organizationId: elsewhere.id })).id }),
        await aRule(admin),
      ];
      expect((await admin.delete(url(deleted))).status).toBe(204);
      await aCustomerUser(admin);

      for (const { id } of [inactive, theirs, deleted]) expect(await emails(`filter[ruleId]=${id}`)).toEqual([]);
      const entries = await product.work.repository(HistoryEntry).findBy({ entity: 'notification_rule', entityId: deleted.id });
      expect(entries.map(({ action }) => action)).toEqual(['created', 'deleted']);
    });

    it('block nothing: what happens, happens, also when a template cannot be filled', async () => {
      const rule = await aRule(admin);
      await product.work.manager.query('UPDATE email_template_translations SET text = ? WHERE template_id = ?', [
        '{{surname}}',
        rule.templateId,
      ]);
      const person = await aCustomerUser(admin);

      expect((await admin.get(`/admin/api/customer-users/${person.id}`)).status).toBe(200);
      await settled(`filter[ruleId]=${rule.id}`);
      expect(await emails(`filter[ruleId]=${rule.id}`)).toMatchObject([
        { status: 'given-up', error: expect.stringContaining('"surname" not defined') as string },
      ]);
      await admin.delete(url(rule));
    });

    it('of a mail of the product that cannot be filled as edited, send it as it ships, and say so', async () => {
      const template = await theTemplate(admin, 'customer_user_force_reset_password');
      await admin.patch(`/admin/api/email-templates/${template.id}`, { translations: [{ localizationId: null, subject: 'x' }] });
      await product.work.manager.query('UPDATE email_template_translations SET subject = ? WHERE template_id = ?', [
        '{{surname}}',
        template.id,
      ]);
      const person = await aCustomerUser(admin);
      await admin.post(`/admin/api/customer-users/${person.id}/reset-password`);

      await theMail(product.mails, person.email, 'Please set a new password for Default');
      await settled(`filter[to]=${person.email}`);
      expect(await emails(`filter[to]=${person.email}`)).toMatchObject([
        { status: 'sent', error: expect.stringContaining('Sent with the texts that ship') as string },
      ]);
      await admin.post(`/admin/api/email-templates/${template.id}/reset`);
    });

    it('pass no link on that lets its reader in', async () => {
      const template = await aTemplate(admin, { translations: [{ subject: 'a', html: '{{link}}', text: '{{link}}' }] });
      const draft = {
        event: 'customer_user.password_forgotten',
        templateId: template.id,
        recipients: [{ type: 'address', address: 'me@evil.example' }],
      };

      expect(await admin.post<Refused>(RULES, draft)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/templateId', code: 'notification_rules.template_unfit' }] },
      });
      const rule = await aRule(admin, { ...draft, templateId: (await aTemplate(admin)).id });
      expect(
        await admin.patch<Refused>(`/admin/api/email-templates/${rule.templateId}`, { translations: template.translations }),
      ).toMatchObject({ status: 400, body: { errors: [{ code: 'email_templates.variable_unknown' }, {}] } });
      await admin.delete(url(rule));
    });
  });

  it('are found with what their events know', async () => {
    const { body } = await admin.get<{ items: { event: string; members: { path: string; operators: string[]; recipient: boolean }[] }[] }>(
      `${RULES}/events`,
    );
    const forgotten = body.items.find(({ event }) => event === 'customer_user.password_forgotten');

    expect(forgotten?.members).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'customer.owner', operators: ['null'], recipient: true }),
        expect.objectContaining({ path: 'validHours', recipient: false }),
      ]),
    );
    expect(forgotten?.members.map(({ path }) => path)).not.toContain('link');
  });

  it('try themselves out on a sample, with nothing sent', async () => {
    const rule = await theRule(admin, 'import_failed');
    const before = (await emails('')).length;

    expect(await dryRun(rule)).toMatchObject({ holds: false, conditions: [{ path: 'status', actual: 'completed', holds: false }] });
    expect((await dryRun(await theRule(admin, 'import_done'))).mails).toMatchObject([
      { to: { address: 'ryan.admin@merchant.example' }, subject: 'Import of customer-users.csv: all rows are in' },
    ]);
    expect((await emails('')).length).toBe(before);
  });

  it('tell of a withdrawn consent', async () => {
    const template = await aTemplate(admin, { translations: [{ subject: '{{fullName}} withdrew {{consentName}}', html: 'x', text: 'x' }] });
    const rule = await aRule(admin, {
      event: 'consent.withdrawn',
      templateId: template.id,
      conditions: [{ path: 'mandatory', operator: 'eq', value: true }],
    });
    const person = await aCustomerUser(admin);
    const buyer = product.as((await product.logIn(person.email, PASSWORD)).accessToken);
    for (const mandatory of [true, false]) {
      const { body: consent } = await admin.post<{ id: number }>('/admin/api/consents', {
        name: mandatory ? 'Terms' : 'News',
        text: 'x',
        mandatory,
        enabled: true,
      });
      await buyer.post('/api/me/consents', { consentId: consent.id, version: 1 });
      await buyer.delete(`/api/me/consents/${consent.id}`);
      await admin.patch(`/admin/api/consents/${consent.id}`, { enabled: false });
    }

    await settled(`filter[ruleId]=${rule.id}`);
    expect((await emails(`filter[ruleId]=${rule.id}`)).map(({ subject }) => subject)).toEqual([`${person.fullName} withdrew Terms`]);
  });
});
