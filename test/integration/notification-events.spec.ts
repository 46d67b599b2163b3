import { Pace } from '../../src/notifications/emails/pace.js';
import { aCustomer } from '../factories/customers.js';
import { ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser, anEmail } from '../factories/customer-users.js';
import { aRule, aTemplate, type EmailBody, type RuleBody, theTemplate } from '../factories/notifications.js';
import { anOrganization } from '../factories/organizations.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUserCaller } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { ImportDesk } from '../support/imports/import-desk.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const RULES = '/admin/api/notification-rules';

interface DryRun {
  holds: boolean;
  conditions: object[];
  mails: { to: { name: string | null; address: string } | null; subject: string | null }[];
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
  const emails = async (filter: string) => (await admin.get<Listed<EmailBody>>(`/admin/api/emails?${filter}&limit=200`)).body.items;
  const dryRun = async (rule: { id: number }, recordId?: number) => (await admin.post<DryRun>(url(rule, '/dry-run'), { recordId })).body;

  describe('and their conditions', () => {
    it('can ask for any of several things, of custom fields, and of the items of lists', async () => {
      const [region, rank] = [`Region ${anEmail()}`, `Rank ${anEmail()}`];
      const aField = (draft: object) => admin.post('/admin/api/custom-fields', draft);
      await aField({ entity: 'customer', name: region, type: 'select', options: ['North', 'South'] });
      await aField({ entity: 'customer_user', name: rank, type: 'integer' });
      const [north, south] = [
        await aCustomer(admin, { customFields: { [region]: 'North' } }),
        await aCustomer(admin, { customFields: { [region]: 'South' } }),
      ];
      const conditions = [
        {
          any: [
            { path: `customer.customFields.${region}`, operator: 'eq', value: 'North' },
            {
              all: [
                { path: `customFields.${rank}`, operator: 'gte', value: 3 },
                { none: [{ path: 'firstName', operator: 'eq', value: 'Rob' }] },
              ],
            },
          ],
        },
        { path: 'roles.code', operator: 'in', value: ['ROLE_FRONTEND_BUYER', 'ROLE_FRONTEND_VISITOR'] },
        { path: 'roles.code', operator: 'eq', value: 'ROLE_FRONTEND_ADMINISTRATOR', items: 'none' },
      ];
      const rule = await aRule(admin, { conditions });
      const ofNorth = await aCustomerUser(admin, { customerId: north.id });
      const ranked = await aCustomerUser(admin, { customerId: south.id, customFields: { [rank]: 3 } });
      const rob = await aCustomerUser(admin, { customerId: south.id, firstName: 'Rob', customFields: { [rank]: 3 } });
      const unranked = await aCustomerUser(admin, { customerId: south.id });

      expect((await emails(`filter[ruleId]=${rule.id}`)).map(({ recordId }) => recordId).sort()).toEqual([ofNorth.id, ranked.id].sort());
      const none = { none: [{ path: 'firstName', actual: 'Rob', holds: true }], holds: false };
      expect(await dryRun(rule, rob.id)).toMatchObject({
        holds: false,
        conditions: [
          {
            any: [
              { path: `customer.customFields.${region}`, operator: 'eq', value: 'North', actual: 'South', holds: false },
              { all: [{ actual: 3, holds: true }, none], holds: false },
            ],
            holds: false,
          },
          { path: 'roles.code', actual: ['ROLE_FRONTEND_BUYER'], holds: true },
          { items: 'none', actual: ['ROLE_FRONTEND_BUYER'], holds: true },
        ],
        mails: [],
      });
      expect((await dryRun(rule, unranked.id)).holds).toBe(false);
      expect(await dryRun(rule, ofNorth.id)).toMatchObject({ holds: true, mails: [{ to: { address: 'news@merchant.example' } }] });
      const events = await admin.get<{ items: { event: string; members: { path: string; list: boolean }[] }[] }>(`${RULES}/events`);
      expect(events.body.items.find(({ event }) => event === 'customer_user.created')?.members).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: `customer.customFields.${region}`, list: false }),
          expect.objectContaining({ path: 'roles.code', list: true, recipient: false }),
        ]),
      );
      await admin.delete(url(rule));
    });

    it('ask in vain for a custom field that is gone', async () => {
      const name = `Fleeting ${anEmail()}`;
      const { body: field } = await admin.post<{ id: number }>('/admin/api/custom-fields', {
        entity: 'customer_user',
        name,
        type: 'boolean',
      });
      const rule = await aRule(admin, { conditions: [{ path: `customFields.${name}`, operator: 'ne', value: true }] });
      const first = await aCustomerUser(admin);
      await admin.delete(`/admin/api/custom-fields/${field.id}`);
      await aCustomerUser(admin);

      expect((await emails(`filter[ruleId]=${rule.id}`)).map(({ recordId }) => recordId)).toEqual([first.id]);
      await admin.delete(url(rule));
    });
  });

  describe('and what happens to records', () => {
    const rules: RuleBody[] = [];
    afterEach(async () => {
      for (const rule of rules.splice(0)) await admin.delete(url(rule));
    });

    /** A rule with a template whose subject is the text. */
    const listenTo = async (event: string, subject: string) => {
      const template = await aTemplate(admin, { translations: [{ subject, html: '<p>x</p>', text: 'x' }] });
      rules.push(await aRule(admin, { event, templateId: template.id }));
    };
    /** What was told of a record, in the order in which it was. */
    const toldOf = async ({ id }: { id: number }) => {
      const heard = `filter[recordId]=${id}&filter[ruleId][in]=${rules.map((rule) => rule.id).join()}&sort=createdAt`;
      await eventually(async () => !(await emails(heard)).some(({ status }) => status === 'queued'), 'the mails are settled');
      return (await emails(heard)).sort((one, other) => one.id - other.id).map(({ event, subject }) => `${event}: ${subject}`);
    };

    it('tell of every change of a customer user, and of what it was in particular', async () => {
      await listenTo('customer_user.changed', '{{by}} changed {{#each changed}}{{this}} {{/each}}of {{lastName}}');
      await listenTo('customer_user.enabled', '{{lastName}} in');
      await listenTo('customer_user.disabled', '{{lastName}} out');
      await listenTo('customer_user.confirmed', '{{lastName}} confirmed');
      await listenTo('customer_user.moved', '{{lastName}} from {{formerCustomer.name}} to {{customer.name}}');
      await listenTo('customer_user.roles_changed', '{{#each formerRoleIds}}{{this}}{{/each}} to {{#each roles}}{{id}}{{/each}}');
      await listenTo('customer_user.deleted', '{{fullName}} of {{customer.name}} left, {{by}} said');
      const [there, other] = [await aCustomer(admin, { name: 'There' }), await aCustomer(admin, { name: 'Elsewhere' })];
      const person = await aCustomerUser(admin, { customerId: there.id, lastName: 'Cole', confirmed: false });
      const path = `/admin/api/customer-users/${person.id}`;

      await admin.patch(path, { phone: '+4930123456', lastName: 'Hayes' });
      await admin.post(`${path}/confirm`);
      await admin.post('/admin/api/customer-users/bulk', { action: 'disable', ids: [person.id] });
      await admin.post(`${path}/enable`);
      await admin.patch(path, { customerId: other.id });
      await admin.put(`/admin/api/customer-user-roles/${ADMINISTRATOR}/customer-users`, { customerUserIds: [person.id] });
      await admin.patch(path, { roleIds: [BUYER] });
      await admin.delete(path);

      const by = 'First Administrator changed';
      expect(await toldOf(person)).toEqual([
        `customer_user.changed: ${by} lastName phone of Hayes`,
        ...[`customer_user.changed: ${by} confirmed of Hayes`, 'customer_user.confirmed: Hayes confirmed'],
        ...[`customer_user.changed: ${by} enabled of Hayes`, 'customer_user.disabled: Hayes out'],
        ...[`customer_user.changed: ${by} enabled of Hayes`, 'customer_user.enabled: Hayes in'],
        ...[`customer_user.changed: ${by} customerId of Hayes`, 'customer_user.moved: Hayes from There to Elsewhere'],
        ...[`customer_user.changed: ${by} roleIds of Hayes`, `customer_user.roles_changed: ${BUYER} to ${ADMINISTRATOR}${BUYER}`],
        ...[`customer_user.changed: ${by} roleIds of Hayes`, `customer_user.roles_changed: ${ADMINISTRATOR}${BUYER} to ${BUYER}`],
        `customer_user.deleted: ${person.fullName.replace('Cole', 'Hayes')} of Elsewhere left, First Administrator said`,
      ]);
    });

    it('tell of what an import changes, and can ask what it was', async () => {
      const template = await aTemplate(admin, { translations: [{ subject: '{{lastName}} {{via}}', html: 'x', text: 'x' }] });
      const conditions = [{ path: 'changed', operator: 'in', value: ['phone', 'lastName'] }];
      rules.push(await aRule(admin, { event: 'customer_user.changed', templateId: template.id, conditions }));
      const [renamed, other] = [await aCustomerUser(admin), await aCustomerUser(admin)];
      await new ImportDesk(product, 'customer-users').import(
        `ID,First Name,Last Name\n${renamed.id},${renamed.firstName},Novak\n${other.id},Zed,${other.lastName}\n`,
      );

      expect(await toldOf(renamed)).toEqual(['customer_user.changed: Novak import']);
      expect(await toldOf(other)).toEqual([]);
    });

    it('tell of customers', async () => {
      await listenTo('customer.created', '{{name}} came');
      await listenTo('customer.changed', '{{name}}: {{#each changed}}{{this}} {{/each}}');
      await listenTo('customer.deleted', '{{name}} of {{owner.fullName}} left');
      const customer = await aCustomer(admin, { name: 'Northwind' });
      expect(await toldOf(customer)).toEqual(['customer.created: Northwind came']);
      await admin.patch(`/admin/api/customers/${customer.id}`, { name: 'Southwind', internalRating: 3 });
      await admin.delete(`/admin/api/customers/${customer.id}`);

      expect(await toldOf(customer)).toEqual([
        'customer.created: Northwind came',
        'customer.changed: Southwind: name internalRating',
        'customer.deleted: Southwind of First Administrator left',
      ]);
    });

    it('tell of one that goes while the mail about it is on its way', async () => {
      await listenTo('customer.changed', '{{name}} for {{owner.fullName}}');
      const customer = await aCustomer(admin);
      const pace = product.app.get(Pace, { strict: false });
      const take = pace.take.bind(pace);
      pace.take = async (kind) => {
        pace.take = take;
        await admin.delete(`/admin/api/customers/${customer.id}`);
        return take(kind);
      };
      await admin.patch(`/admin/api/customers/${customer.id}`, { name: 'Leaving Ltd' });

      expect(await toldOf(customer)).toEqual(['customer.changed: Leaving Ltd for First Administrator']);
    });

    it('tell of an application that is active again', async () => {
      await listenTo('oauth_application.activated', '{{applicationName}} by {{by}}');
      const person = await aCustomerUser(admin);
      const { body: robot } = await admin.post<{ id: number }>(`/admin/api/customer-users/${person.id}/oauth-applications`, {
        name: 'Robot',
      });
      await admin.post(`/admin/api/oauth-applications/${robot.id}/deactivate`);
      await admin.post(`/admin/api/oauth-applications/${robot.id}/activate`);

      expect(await toldOf(robot)).toEqual(['oauth_application.activated: Robot by First Administrator']);
    });
  });

  describe('and a record of each kind that events are about', () => {
    const kinds = async (): Promise<Record<string, { event: string; recordId: number; subject: string; template: object }>> => {
      const desk = new ImportDesk(product, 'customers');
      const customer = await aCustomer(admin, { name: 'Kind Ltd' });
      const person = await aCustomerUser(admin, { customerId: customer.id, lastName: 'Kind' });
      const { body: robot } = await admin.post<{ id: number }>(`/admin/api/customer-users/${person.id}/oauth-applications`, {
        name: 'Kind',
      });
      const run = await desk.import(`Id,Name\n${customer.id},Kinder Ltd\n,A new one\n`);
      await desk.export();
      const exported = (await admin.get<Listed<{ id: number; rows: number }>>('/admin/api/exports?sort=-id&limit=1')).body.items[0];
      return {
        customer_user: { event: 'customer_user.changed', recordId: person.id, subject: 'Kind', template: { subject: '{{lastName}}' } },
        'customer user that goes': {
          ...{ event: 'customer_user.deleted', recordId: person.id, subject: 'Kind of Kinder Ltd' },
          template: { subject: '{{lastName}} of {{customer.name}}' },
        },
        customer: { event: 'customer.deleted', recordId: customer.id, subject: 'Kinder Ltd', template: { subject: '{{name}}' } },
        oauth_application: {
          ...{ event: 'oauth_application.activated', recordId: robot.id, subject: 'Kind' },
          template: { subject: '{{applicationName}}' },
        },
        import: {
          ...{ event: 'import.finished', recordId: run.id, subject: 'file.csv 1 1 completed' },
          template: { subject: '{{fileName}} {{counts.added}} {{counts.replaced}} {{status}}' },
        },
        export: {
          ...{ event: 'export.finished', recordId: exported?.id ?? 0, subject: `${exported?.rows} rows` },
          template: { subject: '{{rows}} rows' },
        },
      };
    };

    it('are tried out on it, by those who may see it', async () => {
      const elsewhere = await anOrganization(product);
      const everything = { view: 'organization', create: 'organization', edit: 'organization', delete: 'organization' };
      const { id } = await aUserRole(admin, { permissions: { notification_rule: everything, email_template: everything } });
      const blind = await aUserCaller(product, { roleIds: [id] });
      for (const [kind, { event, recordId, subject, template: texts }] of Object.entries(await kinds())) {
        const translations = [{ html: 'x', text: 'x', ...texts }];
        const template = await aTemplate(admin, { translations });
        const rule = await aRule(admin, { event, templateId: template.id });
        const theirTemplate = await aTemplate(admin, { translations, organizationId: elsewhere.id });
        const theirs = await aRule(admin, { event, templateId: theirTemplate.id, organizationId: elsewhere.id });
        const preview = `/admin/api/email-templates/${template.id}/preview`;

        expect([kind, (await dryRun(rule, recordId)).mails[0]?.subject]).toEqual([kind, subject]);
        expect([kind, (await admin.post<{ subject: string }>(preview, { event, recordId })).body.subject]).toEqual([kind, subject]);
        const missing = [
          await admin.post(url(rule, '/dry-run'), { recordId: 987_654 }),
          await admin.post(url(theirs, '/dry-run'), { recordId }),
          await blind.post(url(rule, '/dry-run'), { recordId }),
          await admin.post(preview, { event, recordId: 987_654 }),
          await blind.post(preview, { event, recordId }),
        ];
        expect([kind, ...missing.map(({ status }) => status)]).toEqual([kind, 404, 404, 404, 404, 404]);
        expect((await blind.post(url(rule, '/dry-run'), {})).status).toBe(200);
      }
    });

    it('shows a shipped mail as it told of an import', async () => {
      const run = await new ImportDesk(product, 'customers').import('Id,Name\n,Another one\n');
      const template = await theTemplate(admin, 'import_result');
      const { body } = await admin.post<{ text: string }>(`/admin/api/email-templates/${template.id}/preview`, { recordId: run.id });

      expect(body.text).toMatch(/file\.csv/);
      expect(body.text).toContain(`/admin/api/imports/${run.id}`);
    });
  });
});
