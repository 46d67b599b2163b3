import { aCustomer } from '../factories/customers.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

describe('A body', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const post = (url: string, body: string) => product.admin.post<Refused>(url, body);

  it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'with a member %s, which every object has, is refused',
    async (name) => {
      const { status, body } = await post('/admin/api/customers', `{ "name": "Acme", "${name}": 1 }`);

      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: `/${name}`, code: 'unknown_member' })]]);
    },
  );

  it('that would filter by such a member exports nothing', async () => {
    const { status, body } = await post('/admin/api/exports', '{ "entity": "customer-users", "filter": { "constructor": "x" } }');

    expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/filter/constructor']);
  });

  it('with a prototype is refused', async () => {
    expect((await post('/admin/api/customers', '{ "name": "Acme", "__proto__": { "enabled": true } }')).status).toBe(400);
  });

  it.each(['null', '5', '"text"', '[]', 'true'])('that is %s and no object is refused, and changes nothing', async (body) => {
    const { id } = await aCustomer(product.admin);

    for (const path of [`customers/${id}`, 'users/1']) {
      const fault = { pointer: '/body', code: 'required' };
      const answer = await product.admin.patch(`/admin/api/${path}`, body);
      expect(answer).toMatchObject({ status: 400, body: { code: 'validation.failed', errors: [fault] } });
    }
    expect((await post('/admin/api/customers', body)).status).toBe(400);
    expect((await product.admin.get(`/admin/api/customers/${id}`)).body).toMatchObject({ version: 1 });
  });

  it('for a route that takes none is refused with each of its members', async () => {
    const { id } = await aCustomer(product.admin);
    const person = { email: 'odd@acme.example', firstName: 'Odd', lastName: 'Body', customerId: id };
    const made = await product.admin.post<{ id: number }>('/admin/api/customer-users', person);

    const { status, body } = await post(`/admin/api/customer-users/${made.body.id}/disable`, '{ "reason": "left", "at": 1 }');

    expect([status, body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      400,
      ['/reason unknown_member', '/at unknown_member'],
    ]);
    expect((await product.admin.get(`/admin/api/customer-users/${made.body.id}`)).body).toMatchObject({ enabled: true });
    expect((await post(`/admin/api/customer-users/${made.body.id}/disable`, '{}')).status).toBe(200);
  });

  it.each([
    ['half a character', [0xc3]],
    ['half a pair of UTF-16', [0xed, 0xa0, 0x80]],
    ['a letter of Latin-1', [0xe9]],
  ])('with %s is refused, and nothing is kept of it', async (_what, bytes) => {
    const answer = await product.app.inject({
      ...{ method: 'POST', url: '/admin/api/customers' },
      headers: { authorization: `Bearer ${product.admin.token}`, 'content-type': 'application/json' },
      payload: Buffer.concat([Buffer.from('{ "name": "Half'), Buffer.from(bytes), Buffer.from('" }')]),
    });

    expect([answer.statusCode, answer.json<Refused>().code]).toEqual([400, 'request.malformed']);
    const { body } = await product.admin.get<{ items: unknown[] }>('/admin/api/customers?filter[name][startsWith]=Half');
    expect(body.items).toEqual([]);
  });

  it('of thousands of levels is refused', async () => {
    const { status, body } = await product.nobody.post<Refused>(
      '/admin/api/auth/login',
      `{ "email": ${'['.repeat(5_000)}${']'.repeat(5_000)}, "password": "x" }`,
    );

    expect([status, body.code]).toEqual([400, 'request.too_deep']);
  });

  it('of tens of thousands of lists and objects is refused at once, whatever it is for', async () => {
    const answers = await Promise.all(
      ['/admin/api/notification-rules', '/admin/api/customer-users'].map((path) =>
        product.admin.post<Refused>(path, `{ "recipients": [${'{},'.repeat(80_000)}{}], "addresses": [] }`),
      ),
    );

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'request.too_many_parts'],
      [400, 'request.too_many_parts'],
    ]);
  });
});
