import { anAddress } from '../factories/addresses.js';
import { created } from '../factories/created.js';
import { ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser, aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

interface Application {
  id: number;
  clientId: string;
  clientSecret: string;
}

describe('An application that acts for a storefront admin', () => {
  let product: Product;
  let customerId: number;
  let ownerId: number;
  let colleagueId: number;

  beforeAll(async () => {
    product = await startProduct();
    customerId = (await aCustomer(product.admin)).id;
    ownerId = (await aCustomerUser(product.admin, { customerId, roleIds: [ADMINISTRATOR] })).id;
    colleagueId = (await aCustomerUser(product.admin, { customerId })).id;
  });
  afterAll(() => product.close());

  async function anApplication(scopes: string[]): Promise<Caller & { application: Application }> {
    const path = `/admin/api/customer-users/${ownerId}/oauth-applications`;
    const application = created(await product.admin.post<Application>(path, { name: scopes.join(' '), scopes }));
    const { clientId: client_id, clientSecret: client_secret } = application;
    const grant = { grant_type: 'client_credentials', client_id, client_secret };
    const { body } = await product.nobody.post<{ access_token: string }>('/oauth2-token', grant);
    return Object.assign(product.as(body.access_token), { application });
  }

  const url = (id = colleagueId) => `/api/customer-users/${id}`;

  it('reads with the scope to view, and changes nothing', async () => {
    const reader = await anApplication(['customer_user:view']);
    const refused = [
      await reader.patch(url(), { lastName: 'X' }),
      await reader.post(`${url()}/disable`),
      await reader.delete(url()),
      await reader.post('/api/customer-users', aDraft()),
      await reader.post('/api/customer-users/bulk', { action: 'disable', ids: [colleagueId] }),
      await reader.get('/api/customers'),
      await reader.get(`/api/addresses?customerId=${customerId}`),
    ];

    expect((await reader.get<Listed>('/api/customer-users')).body.items).toHaveLength(2);
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(refused.map(() => '403 auth.insufficient_scope'));
  });

  it('changes colleagues with the scope to edit, as its owner: never himself, and told apart in the history', async () => {
    const editor = await anApplication(['customer_user:view', 'customer_user:edit']);

    expect((await editor.patch<CustomerUserBody>(url(), { lastName: 'Edited' })).body.lastName).toBe('Edited');
    expect((await editor.patch(url(ownerId), { lastName: 'Edited' })).body.code).toBe('customer_users.self');
    expect((await historyOf(product, 'customer_user', colleagueId)).at(-1)).toMatchObject({
      actorType: 'application',
      actorId: editor.application.id,
    });
  });

  it('gives no role that allows more than its scopes, whatever its owner may give', async () => {
    const editor = await anApplication(['customer_user:view', 'customer_user:create', 'customer_user:edit']);

    const answers = [
      await editor.post('/api/customer-users', aDraft({ roleIds: [BUYER] })),
      await editor.patch(url(), { roleIds: [ADMINISTRATOR] }),
      await editor.patch(url(), { password: 'Taken-horse-1' }),
    ];

    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(answers.map(() => '403 roles.above_own_rights'));
  });

  it('reaches the address books of the kind that its scopes name', async () => {
    const his = await anAddress(product.admin, `/admin/api/customer-users/${colleagueId}/addresses`);
    const ours = await anAddress(product.admin, `/admin/api/customers/${customerId}/addresses`);
    const reader = await anApplication(['customer_address:view', 'customer:view', 'customer_user:view']);

    expect((await reader.get(`/api/addresses/${ours.id}`)).status).toBe(200);
    expect((await reader.get(`/api/addresses/${his.id}`)).status).toBe(404);
    const list = await reader.get(`/api/addresses?customerUserId=${colleagueId}`);
    expect([list.status, list.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="customer_user_address:view"',
    ]);
    expect((await reader.patch(`/api/addresses/${ours.id}`, { label: 'X' })).headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="customer_user_address:edit customer_address:edit"',
    );
  });
});
