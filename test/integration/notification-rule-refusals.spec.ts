import { NotificationRule } from '../../src/notifications/rules/notification-rule.entity.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aRule, aTemplate, theTemplate } from '../factories/notifications.js';
import { anOrganization } from '../factories/organizations.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller } from '../factories/users.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const RULES = '/admin/api/notification-rules';

const emails = (count: number) => Array.from({ length: count }, () => ({ path: 'email', operator: 'eq', value: 'x' }));
const PLAIN = { subject: 'News', html: 'News', text: 'News' };
/** Groups within groups, so many deep. */
const groups = (depth: number): object[] => (depth === 0 ? emails(1) : [{ all: groups(depth - 1) }]);

describe('Notification rules', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const url = ({ id }: { id: number }, act = '') => `${RULES}/${id}${act}`;
  const refusals = async (draft: object) => {
    const { status, body } = await admin.post<Refused>(RULES, {
      event: 'customer_user.created',
      recipients: [{ type: 'owner' }],
      ...draft,
    });
    return [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
  };

  it('that fit no more can be switched off, and not on again', async () => {
    const rule = await aRule(admin, { conditions: [{ path: 'birthday', operator: 'lt', value: '1990-01-01' }] });
    const unfit = { path: 'birthday', operator: 'lt', value: 'long ago' } as const;
    await product.work.repository(NotificationRule).update({ id: rule.id }, { conditions: [unfit] });

    expect(await admin.patch(url(rule), { active: false })).toMatchObject({ status: 200, body: { active: false } });
    expect((await admin.patch(url(rule), { active: true })).status).toBe(400);
    expect((await admin.patch(url(rule), { recipients: [] })).status).toBe(400);
  });

  describe('that make no sense', () => {
    it.each([
      [
        'a path that does not exist in a condition',
        { conditions: [{ path: 'customer.surname', operator: 'eq', value: 'x' }] },
        '/conditions/0/path notification_rules.path_unknown',
      ],
      [
        'a path that does not exist to a recipient',
        { recipients: [{ type: 'path', path: 'customer.boss' }] },
        '/recipients/0/path notification_rules.path_unknown',
      ],
      [
        'a path to a prototype',
        { recipients: [{ type: 'path', path: 'customer.constructor' }] },
        '/recipients/0/path notification_rules.path_unknown',
      ],
      [
        'a path to no address',
        { recipients: [{ type: 'path', path: 'customer.name' }] },
        '/recipients/0/path notification_rules.path_without_address',
      ],
      [
        'an operator that does not fit',
        { conditions: [{ path: 'enabled', operator: 'gt', value: true }] },
        '/conditions/0/operator notification_rules.operator_unfit',
      ],
      [
        'a value that does not fit',
        { conditions: [{ path: 'enabled', operator: 'eq', value: 'yes' }] },
        '/conditions/0/value notification_rules.value_unfit',
      ],
      [
        'a value that is no date',
        { conditions: [{ path: 'birthday', operator: 'lt', value: 'garbage' }] },
        '/conditions/0/value notification_rules.value_unfit',
      ],
      [
        'a value that is no date among moments',
        { conditions: [{ any: [{ path: 'createdAt', operator: 'in', value: ['2026-11-23', '23.11.2026'] }] }] },
        '/conditions/0/any/0/value notification_rules.value_unfit',
      ],
      [
        'a value that is no list',
        { conditions: [{ path: 'email', operator: 'in', value: 'x' }] },
        '/conditions/0/value notification_rules.value_unfit',
      ],
      [
        'an operator that there is not',
        { conditions: [{ path: 'email', operator: 'like', value: 'x' }] },
        '/conditions/0/operator not_one_of',
      ],
      [
        'a path that ends astray in a list',
        { conditions: [{ path: 'roles.name', operator: 'eq', value: 'x' }] },
        '/conditions/0/path notification_rules.path_unknown',
      ],
      [
        'a custom field that there is not',
        { conditions: [{ path: 'customer.customFields.Nowhere', operator: 'eq', value: 'x' }] },
        '/conditions/0/path notification_rules.path_unknown',
      ],
      [
        'a prototype in place of a custom field',
        { conditions: [{ path: 'customFields.__proto__', operator: 'null', value: true }] },
        '/conditions/0/path notification_rules.path_unknown',
      ],
      [
        'items of what is no list',
        { conditions: [{ path: 'email', operator: 'eq', value: 'x', items: 'all' }] },
        '/conditions/0/items notification_rules.items_unfit',
      ],
      [
        'a quantifier that there is not',
        { conditions: [{ path: 'roles.code', operator: 'eq', value: 'x', items: 'some' }] },
        '/conditions/0/items not_one_of',
      ],
      ['a condition that asks nothing', { conditions: [{}] }, '/conditions/0/path required'],
      ['half a test', { conditions: [{ any: [{ path: 'email', value: 'x' }] }] }, '/conditions/0/any/0/operator required'],
      [
        'a fault within groups',
        { conditions: [{ any: [{ none: [{ path: 'email', operator: 'eq', value: 1 }] }] }] },
        '/conditions/0/any/0/none/0/value notification_rules.value_unfit',
      ],
      ['a member that groups do not have', { conditions: [{ any: [], not: [] }] }, '/conditions/0/not unknown_member'],
      ['a group of two minds', { conditions: [{ any: [], all: [] }] }, '/conditions/0/all notification_rules.member_unfit'],
      [
        'a test that is a group as well',
        { conditions: [{ any: [], path: 'email', operator: 'eq', value: 'x' }] },
        '/conditions/0/path notification_rules.member_unfit',
      ],
      ['groups too deep', { conditions: groups(5) }, '/conditions/0/all/0/all/0/all/0/all/0/all notification_rules.conditions_too_deep'],
      [
        'too many conditions',
        { conditions: [{ any: emails(30) }, { any: emails(19) }] },
        '/conditions notification_rules.conditions_too_many',
      ],
      ['a record as a value', { conditions: [{ path: 'email', operator: 'eq', value: {} }] }, '/conditions/0/value is_operand'],
      ['no recipients', { recipients: [] }, '/recipients too_few'],
      ['a recipient of no type that there is', { recipients: [{ type: 'everybody' }] }, '/recipients/0/type not_one_of'],
      ['recipients that are no list', { recipients: {} }, '/recipients not_an_array'],
      ['a recipient that is none', { recipients: [{ type: 'owner' }, 5] }, '/recipients not_an_object'],
      ['an address that is none', { recipients: [{ type: 'address', address: 'a@b' }] }, '/recipients/0/address not_an_email'],
      ['an address that is missing', { recipients: [{ type: 'address' }] }, '/recipients/0/address required'],
      [
        'a user that there is not',
        { recipients: [{ type: 'user', userId: 999_999 }] },
        '/recipients/0/userId notification_rules.user_unknown',
      ],
      [
        'a member of another type',
        { recipients: [{ type: 'owner', address: 'a@b.example' }] },
        '/recipients/0/address notification_rules.member_unfit',
      ],
      ['an event that there is not', { event: 'customer_user.exploded' }, '/event not_one_of'],
      [
        'a recipient that the event does not have',
        { event: 'import.finished', recipients: [{ type: 'customer-user' }] },
        '/recipients/0/type notification_rules.recipient_unfit',
      ],
      [
        'a person where the event is about a company',
        { event: 'customer.created', recipients: [{ type: 'customer-user' }] },
        '/recipients/0/type notification_rules.recipient_unfit',
      ],
      ['a template that there is not', { templateId: 999_999 }, '/templateId notification_rules.template_unknown'],
      ['a language that there is not', { localizationId: 999_999 }, '/localizationId notification_rules.localization_unknown'],
    ])('are refused, at the place: %s', async (_what, draft, fault) => {
      const { id: templateId } = await theTemplate(admin, 'export_result');
      const fits = { ...draft, templateId: 'templateId' in draft ? draft.templateId : templateId };

      expect(await refusals(fits)).toEqual(expect.arrayContaining([400, fault]));
    });

    it('name the record that a path leads astray in, and what there is', async () => {
      const { body } = await admin.post<Refused>(RULES, {
        ...{ event: 'customer_user.created', recipients: [{ type: 'owner' }], templateId: (await theTemplate(admin, 'export_result')).id },
        conditions: [{ path: 'customer.owner.surname', operator: 'eq', value: 'x' }],
      });

      expect(body.errors?.[0]?.detail).toBe('There is no customer.owner.surname; in customer.owner there can be id, fullName, email.');
    });

    it('are bounded where they just fit', async () => {
      const rule = await aRule(admin, { conditions: [...groups(4), { any: emails(44) }] });

      expect((await admin.get<{ conditions: object[] }>(url(rule))).body.conditions).toEqual([...groups(4), { any: emails(44) }]);
    });

    it('are told all that is wrong with them in one answer', async () => {
      expect(
        await refusals({
          templateId: 999_999,
          conditions: [{ path: 'x', operator: 'eq', value: 1 }],
          recipients: [
            { type: 'path', path: 'y' },
            { type: 'address', address: 'a@b' },
            { type: 'user', userId: 999 },
          ],
          active: 'yes',
        }),
      ).toEqual([
        400,
        '/recipients/1/address not_an_email',
        '/active not_a_boolean',
        '/conditions/0/path notification_rules.path_unknown',
        '/recipients/0/path notification_rules.path_unknown',
        '/recipients/2/userId notification_rules.user_unknown',
        '/templateId notification_rules.template_unknown',
      ]);
    });

    it('do not name what belongs to another organization', async () => {
      const elsewhere = await anOrganization(product);
      const theirs = await aTemplate(admin, { organizationId: elsewhere.id });
      const stranger = await aUser(admin, { organizationId: elsewhere.id });

      expect(await refusals({ templateId: theirs.id, recipients: [{ type: 'user', userId: stranger.id }] })).toEqual([
        400,
        '/recipients/0/userId notification_rules.user_unknown',
        '/templateId notification_rules.template_unknown',
      ]);
    });
  });

  describe('and rights', () => {
    it('are for those who may see all that the mails would tell', async () => {
      const actions = { view: 'organization', create: 'organization', edit: 'organization', delete: 'organization' };
      const { id } = await aUserRole(admin, { permissions: { notification_rule: actions } });
      const blind = await aUserCaller(product, { roleIds: [id] });
      const rule = await aRule(admin);
      const draft = {
        event: 'customer_user.created',
        templateId: rule.templateId,
        recipients: [{ type: 'address', address: 'me@evil.example' }],
      };

      expect((await blind.get(url(rule))).status).toBe(200);
      expect(await blind.post(RULES, draft)).toMatchObject({
        status: 403,
        body: { detail: 'This needs the permission customer_user:view.' },
      });
      expect((await blind.patch(url(rule), { recipients: draft.recipients })).status).toBe(403);
      expect(await blind.post<Refused>(url(rule, '/dry-run'), { recordId: (await aCustomerUser(admin)).id })).toMatchObject({
        status: 404,
        body: { code: 'notifications.record_not_found' },
      });
      for (const [event, permission] of [
        ['customer.changed', 'customer:view'],
        ['oauth_application.activated', 'oauth_application:view'],
        ['import.finished', 'import'],
        ['export.finished', 'export'],
      ])
        expect(
          await blind.post(RULES, { ...draft, event, templateId: (await aTemplate(admin, { translations: [PLAIN] })).id }),
        ).toMatchObject({
          status: 403,
          body: { detail: `This needs the permission ${permission}.` },
        });
    });

    it("end at the organization: another one's are not there", async () => {
      const elsewhere = await anOrganization(product);
      const theirs = await aRule(admin, {
        organizationId: elsewhere.id,
        templateId: (await aTemplate(admin, { organizationId: elsewhere.id })).id,
      });
      const everything = { view: 'organization', create: 'organization', edit: 'organization', delete: 'organization' };
      const colleague = await aUserCaller(product, {
        globalAccess: false,
        roleIds: [(await aUserRole(admin, { permissions: { notification_rule: everything } })).id],
      });

      const answers = [
        await colleague.get(url(theirs)),
        await colleague.patch(url(theirs), { active: false }),
        await colleague.delete(url(theirs)),
        await colleague.post(url(theirs, '/dry-run'), {}),
        await colleague.post(url(theirs, '/reset')),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    });
  });
});
