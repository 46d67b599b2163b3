import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

type Verb = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

const ROUTES: readonly [Verb, string, string][] = [
  ['GET', '/organizations', 'organization:view'],
  ['GET', '/organizations/1', 'organization:view'],
  ['GET', '/websites', 'website:view'],
  ['GET', '/websites/1', 'website:view'],
  ['GET', '/localizations', 'localization:view'],
  ['GET', '/localizations/1', 'localization:view'],
  ['GET', '/users', 'user:view'],
  ['GET', '/users/1', 'user:view'],
  ['POST', '/users', 'user:create'],
  ['PATCH', '/users/1', 'user:edit'],
  ['DELETE', '/users/1', 'user:delete'],
  ['GET', '/user-roles', 'user_role:view'],
  ['POST', '/user-roles', 'user_role:create'],
  ['GET', '/user-roles/1', 'user_role:view'],
  ['PATCH', '/user-roles/1', 'user_role:edit'],
  ['DELETE', '/user-roles/1', 'user_role:delete'],
  ['GET', '/user-roles/1/permissions', 'user_role:view'],
  ['GET', '/customers', 'customer:view'],
  ['POST', '/customers', 'customer:create'],
  ['GET', '/customers/1', 'customer:view'],
  ['PATCH', '/customers/1', 'customer:edit'],
  ['DELETE', '/customers/1', 'customer:delete'],
  ['GET', '/customer-user-roles', 'customer_user_role:view'],
  ['GET', '/customer-user-roles/1', 'customer_user_role:view'],
  ['GET', '/customer-user-roles/1/permissions', 'customer_user_role:view'],
  ['GET', '/customer-users', 'customer_user:view'],
  ['POST', '/customer-users', 'customer_user:create'],
  ['GET', '/customer-users/1', 'customer_user:view'],
  ['PATCH', '/customer-users/1', 'customer_user:edit'],
  ['DELETE', '/customer-users/1', 'customer_user:delete'],
  ['POST', '/customer-users/1/enable', 'customer_user:edit'],
  ['POST', '/customer-users/1/disable', 'customer_user:edit'],
  ['GET', '/customer-users/1/consents', 'customer_user:view'],
  ['GET', '/customer-users/1/history', 'customer_user:view'],
  ['GET', '/audit-events', 'audit_event:view'],
  ['GET', '/login-attempts', 'login_attempt:view'],
  ...(['orders order', 'quotes quote', 'quote-requests quote_request', 'shopping-lists shopping_list'] as const).flatMap((pair) => {
    const [kind, entity] = pair.split(' ');
    const path = `/commerce-documents/${kind}`;
    return [
      ['GET', path, `${entity}:view`],
      ['GET', `${path}/1`, `${entity}:view`],
      ['PUT', `${path}/1`, `${entity}:edit`],
      ['DELETE', `${path}/1`, `${entity}:delete`],
      ['GET', `/customers/1/${kind}`, `${entity}:view`],
      ['GET', `/customer-users/1/${kind}`, `${entity}:view`],
    ] satisfies [Verb, string, string][];
  }),
];

describe('The admin API', () => {
  let product: Product;
  let powerless: Caller;
  let buyer: Caller;

  beforeAll(async () => {
    product = await startProduct();
    const { email } = await aCustomerUser(product.admin);
    powerless = await aConsoleCaller(product, { rights: {} });
    buyer = product.as((await product.logIn(email, PASSWORD)).accessToken);
  });
  afterAll(() => product.close());

  it.each(ROUTES)('refuses %s %s without %s, and names it', async (verb, path, permission) => {
    const { status, body } = await powerless.call(verb, `/admin/api${path}`, ['POST', 'PATCH', 'PUT'].includes(verb) ? {} : undefined);

    expect([status, body.code, body.detail]).toEqual([403, 'auth.permission_missing', `This needs the permission ${permission}.`]);
  });

  it.each(ROUTES)('refuses %s %s to customer users and to nobody', async (verb, path) => {
    const answers = [await buyer.call(verb, `/admin/api${path}`), await product.nobody.call(verb, `/admin/api${path}`)];

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(['401 auth.wrong_audience', '401 auth.required']);
  });

  it('lets who has the one permission do that one thing', async () => {
    const { id } = await aCustomer(product.admin);
    const caller = await aConsoleCaller(product, { rights: { 'customer:view': 'organization' } });

    expect((await caller.get(`/admin/api/customers/${id}`)).status).toBe(200);
    expect((await caller.delete(`/admin/api/customers/${id}`)).body.detail).toBe('This needs the permission customer:delete.');
  });

  it('tells everybody who he is', async () => {
    const me = await powerless.get<{ fullName: string; permissions: object }>('/admin/api/me');

    expect(me.body).toMatchObject({ fullName: 'Sam Miller', permissions: {} });
  });

  it.each(['organizations', 'websites', 'localizations', 'users', 'customer-user-roles'])(
    'shows %s of the own organization alone, one by one and in the list, but to who acts everywhere',
    async (resource) => {
      const { id } = await anOrganization(product);
      const stranger = await aConsoleCaller(product, { organizationId: id });
      const list = async (caller: Caller) =>
        (await caller.get<Listed<{ id: number; organizationId?: number }>>(`/admin/api/${resource}?limit=200`)).body.items;

      const theirs = await list(stranger);
      const [one] = theirs;

      expect(new Set(theirs.map((row) => row.organizationId ?? row.id))).toEqual(new Set([id]));
      expect((await stranger.get(`/admin/api/${resource}/1`)).status).toBe(404);
      expect((await stranger.get(`/admin/api/${resource}/${one?.id}`)).status).toBe(200);
      expect((await product.admin.get(`/admin/api/${resource}/${one?.id}`)).status).toBe(200);
      expect((await list(product.admin)).length).toBeGreaterThan(theirs.length);
    },
  );
});
