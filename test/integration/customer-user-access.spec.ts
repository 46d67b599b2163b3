import { aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const ADMINISTRATOR = 1;

describe('Customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const emailsOf = async (caller: Caller, query = '') =>
    (await caller.get<Listed<CustomerUserBody>>(`${PATH}?${query}`)).body.items.map(({ email }) => email);

  describe('are let in no longer, at once,', () => {
    it.each([
      ['a new email address', (id: number) => admin.patch(`${PATH}/${id}`, { email: anEmail() })],
      ['a new password', (id: number) => admin.patch(`${PATH}/${id}`, { password: 'Another-horse-1' })],
      ['being disabled', (id: number) => admin.post(`${PATH}/${id}/disable`)],
      ['being disabled by an edit', (id: number) => admin.patch(`${PATH}/${id}`, { enabled: false })],
      ['being taken for unconfirmed', (id: number) => admin.patch(`${PATH}/${id}`, { confirmed: false })],
      ['being deleted', (id: number) => admin.delete(`${PATH}/${id}`)],
    ])('with the tokens from before %s', async (_act, act) => {
      const { id, email } = await aCustomerUser(admin);
      const { accessToken, refreshToken } = await product.logIn(email, PASSWORD);
      expect((await product.as(accessToken).get('/api/me')).status).toBe(200);

      expect((await act(id)).status).toBeLessThan(300);

      const refused = await product.as(accessToken).get('/api/me');
      expect([refused.status, refused.body.code]).toEqual([401, 'auth.session_ended']);
      expect(refused.headers.get('www-authenticate')).toContain('Bearer error="invalid_token"');
      expect((await product.nobody.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    });

    it('but with new ones once they are enabled again', async () => {
      const { id, email } = await aCustomerUser(admin);
      const { accessToken } = await product.logIn(email, PASSWORD);

      const disabled = await admin.post<CustomerUserBody>(`${PATH}/${id}/disable`);
      const enabled = await admin.post<CustomerUserBody>(`${PATH}/${id}/enable`);
      const again = await admin.post<CustomerUserBody>(`${PATH}/${id}/enable`);

      expect([disabled, enabled, again].map(({ status, body }) => [status, body.enabled, body.version])).toEqual([
        [200, false, 2],
        [200, true, 3],
        [200, true, 3],
      ]);
      expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
      expect((await product.as((await product.logIn(email, PASSWORD)).accessToken).get('/api/me')).status).toBe(200);
    });
  });

  it('go on with their tokens after any other change, with the rights of their present roles', async () => {
    const { id, email } = await aCustomerUser(admin);
    const caller = product.as((await product.logIn(email, PASSWORD)).accessToken);
    const level = async () =>
      (await caller.get<{ permissions: Record<string, Record<string, string>> }>('/api/me/permissions')).body.permissions[
        'customer_user'
      ]?.['view'];

    expect(await level()).toBe('customer');
    expect((await admin.patch(`${PATH}/${id}`, { firstName: 'Nancy', email, roleIds: [ADMINISTRATOR] })).status).toBe(200);
    expect(await level()).toBe('hierarchy');
    expect((await caller.get<CustomerUserBody>('/api/me')).body).toMatchObject({ id, email, firstName: 'Nancy', version: 2 });
  });

  it('are deleted and gone, and their email address is free', async () => {
    const { id, email } = await aCustomerUser(admin);

    expect((await admin.delete(`${PATH}/${id}`)).status).toBe(204);
    expect((await admin.get(`${PATH}/${id}`)).status).toBe(404);
    for (const act of ['enable', 'disable']) expect((await admin.post(`${PATH}/${id}/${act}`)).status).toBe(404);
    expect((await admin.patch(`${PATH}/${id}`, {})).status).toBe(404);
    expect((await admin.delete(`${PATH}/${id}`)).status).toBe(404);
    await aCustomerUser(admin, { email });
  });

  describe('are listed', () => {
    let customerId: number;
    let representative: number;

    beforeAll(async () => {
      customerId = (await aCustomer(admin, { name: 'List & Sons' })).id;
      representative = (await aConsoleUser(product)).id;
      const base = { customerId, password: undefined };
      await aCustomerUser(admin, { ...base, email: 'Zoe@list.example', lastName: 'Zimmer', salesRepresentativeIds: [representative] });
      await aCustomerUser(admin, { ...base, email: 'adam@list.example', lastName: 'Abel', roleIds: [ADMINISTRATOR], externalId: 'L-1' });
      await aCustomerUser(admin, { ...base, email: 'mia@list.example', lastName: 'Moore', enabled: false, confirmed: false });
      await aCustomerUser(admin, { ...base, email: 'guest@list.example', lastName: 'Guest', guest: true });
    });

    it.each([
      ['filter[email][contains]=LIST.EXAMPLE', ['Zoe@list.example', 'adam@list.example', 'mia@list.example', 'guest@list.example']],
      ['filter[email]=zoe@list.example', ['Zoe@list.example']],
      ['filter[email][startsWith]=ad', ['adam@list.example']],
      ['filter[customerName][contains]=list%20%26', ['Zoe@list.example', 'adam@list.example', 'mia@list.example', 'guest@list.example']],
      ['filter[enabled]=false', ['mia@list.example']],
      ['filter[confirmed]=false', ['mia@list.example']],
      ['filter[guest]=true', ['guest@list.example']],
      ['filter[roleId]=1', ['adam@list.example']],
      ['filter[externalId][null]=false', ['adam@list.example']],
      ['filter[lastName][in]=Abel,Moore&sort=-lastName', ['mia@list.example', 'adam@list.example']],
      ['filter[passwordStatus]=active', []],
      ['sort=email', ['adam@list.example', 'guest@list.example', 'mia@list.example', 'Zoe@list.example']],
    ])('by %s', async (query, expected) => {
      expect(await emailsOf(admin, `filter[customerId]=${customerId}&${query}`)).toEqual(expected);
    });

    it('by their sales representative', async () => {
      expect(await emailsOf(admin, `filter[salesRepresentativeId]=${representative}`)).toEqual(['Zoe@list.example']);
    });

    it.each([
      'filter[passwordHash]=x',
      'filter[enabled]=maybe',
      'filter[email][nope]=x',
      'sort=passwordHash',
      'filter[email]=a&filter[email]=b',
    ])('never by %s', async (query) => {
      expect((await admin.get(`${PATH}?${query}`)).status).toBe(400);
    });

    it('with as many queries for ten as for two', async () => {
      for (let n = 0; n < 10; n++)
        await aCustomerUser(admin, { customerId, password: undefined, salesRepresentativeIds: [1, representative] });
      const queriesOf = async (limit: number) => {
        const queries: string[] = [];
        const logged = jest.spyOn(product.work.manager.connection.logger, 'logQuery').mockImplementation((query) => queries.push(query));
        await emailsOf(admin, `limit=${limit}`);
        logged.mockRestore();
        return queries.filter((query) => !query.includes('jobs')).length;
      };

      const ofFew = await queriesOf(2);
      expect(ofFew).toBeGreaterThan(1);
      expect(await queriesOf(10)).toBe(ofFew);
    });
  });
});
