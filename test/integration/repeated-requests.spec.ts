import { aDraft } from '../factories/customer-users.js';
import { refusal } from '../support/bad-input/problem.js';
import { aConsent, anApplication, aWorld, type World } from '../support/bad-input/world.js';
import type { Answer, Listed } from '../support/client.js';
import { multipart } from '../support/imports/multipart.js';
import { type Product, startProduct } from '../support/product.js';

jest.setTimeout(60_000);

interface Route {
  /** What is made is counted in this list. */
  list: string;
  path: (product: Product, world: World) => Promise<string> | string;
  body: (world: World) => object;
}

let keys = 0;
const aKey = () => `key-${(keys += 1)}`;

describe('A POST with an Idempotency-Key', () => {
  let product: Product;
  let world: World;

  beforeAll(async () => {
    product = await startProduct();
    world = await aWorld(product);
  });
  afterAll(() => product.close());

  const total = async (list: string) => (await product.admin.get<Listed>(`${list}?total=true&limit=1`)).body.page.total ?? 0;
  const shape = ({ status, headers, body }: Answer): unknown[] => [status, headers.get('location'), headers.get('etag'), body];

  const applications = '/admin/api/oauth-applications';
  describe.each<[string, Route]>([
    ['a customer', { list: '/admin/api/customers', path: () => '/admin/api/customers', body: ({ next }) => ({ name: `Acme ${next()}` }) }],
    ['a customer user', { list: '/admin/api/customer-users', path: () => '/admin/api/customer-users', body: () => aDraft() }],
    [
      'an application',
      {
        list: applications,
        path: (_product, { buyerId }) => `/admin/api/customer-users/${buyerId}/oauth-applications`,
        body: ({ next }) => ({ name: `Connector ${next()}` }),
      },
    ],
    ['a consent', { list: '/admin/api/consents', path: () => '/admin/api/consents', body: () => ({ name: 'Privacy', text: 'Be kind.' }) }],
    ['an export', { list: '/admin/api/exports', path: () => '/admin/api/exports', body: () => ({ entity: 'customer-users' }) }],
  ])('that creates %s', (_what, route) => {
    let path: string;
    beforeAll(async () => {
      path = await route.path(product, world);
    });

    it('answers the same again, with its place and its version, and makes nothing more', async () => {
      const [key, body] = [aKey(), route.body(world)];
      const first = await product.admin.post(path, body, { 'idempotency-key': key });
      const before = await total(route.list);

      const again = await product.admin.post(path, body, { 'idempotency-key': key });

      expect(first.status).toBe(201);
      expect(first.headers.get('location')).toMatch(/\/\d+$/);
      expect(shape(again)).toEqual(shape(first));
      expect(await total(route.list)).toBe(before);
    });

    it('is refused with another body', async () => {
      const key = aKey();
      await product.admin.post(path, route.body(world), { 'idempotency-key': key });
      const before = await total(route.list);

      const another = await product.admin.post(path, { ...route.body(world), ...changed(route) }, { 'idempotency-key': key });
      expect(refusal(another)).toEqual([422, 'idempotency.key_reused']);
      expect(await total(route.list)).toBe(before);
    });

    it('makes one when twenty come at once, and answers each the same', async () => {
      const [key, body, before] = [aKey(), route.body(world), await total(route.list)];

      const answers = await Promise.all(Array.from({ length: 20 }, () => product.admin.post(path, body, { 'idempotency-key': key })));

      const [first] = answers;
      expect(first?.status).toBe(201);
      expect(answers.map(shape)).toEqual(answers.map(() => first && shape(first)));
      expect(await total(route.list)).toBe(before + 1);
    });

    it('answers a refusal again', async () => {
      const [key, body] = [aKey(), { ...route.body(world), surprise: 1 }];

      const first = await product.admin.post(path, body, { 'idempotency-key': key });
      const again = await product.admin.post(path, body, { 'idempotency-key': key });

      expect(refusal(first)).toEqual([400, 'validation.failed']);
      expect([again.status, again.body.code, again.body.errors]).toEqual([first.status, first.body.code, first.body.errors]);
    });
  });

  /** A member that differs from what the body had. */
  const changed = ({ list }: Route): object => {
    if (list.endsWith('exports')) return { sort: '-id' };
    return list.endsWith('customer-users') ? { lastName: 'Other' } : { name: 'Other' };
  };

  it('takes a new version of a consent, and a new secret, once', async () => {
    const consents = `/admin/api/consents/${await aConsent(product)}/versions`;
    const secrets = `${applications}/${await anApplication(product)}/secrets`;
    for (const [path, body] of [
      [consents, { text: 'Be kinder.', reacceptance: false }],
      [secrets, {}],
    ] as const) {
      const key = aKey();
      const first = await product.admin.post(path, body, { 'idempotency-key': key });
      const again = await product.admin.post(path, body, { 'idempotency-key': key });
      expect(first.status).toBe(201);
      expect(shape(again)).toEqual(shape(first));
    }
    expect((await product.admin.get<Listed>(consents)).body.items).toHaveLength(2);
  });

  it('takes an upload once, by its file and its fields', async () => {
    const send = (file: string, key: string) => {
      const { body, type } = multipart({ file, fields: { entity: 'customer-users', mode: 'validate' } });
      return product.admin.post('/admin/api/imports', body, { 'content-type': type, 'idempotency-key': key });
    };
    const [key, file] = [aKey(), 'Email Address,First Name,Last Name\r\nonce@acme.example,A,B\r\n'];

    const before = await total('/admin/api/imports');

    const answers = await Promise.all(Array.from({ length: 20 }, () => send(file, key)));

    const [first] = answers;
    expect(first?.status).toBe(201);
    expect(answers.map(shape)).toEqual(answers.map(() => first && shape(first)));
    expect(await total('/admin/api/imports')).toBe(before + 1);
    expect(refusal(await send(`${file}twice@acme.example,A,B\r\n`, key))).toEqual([422, 'idempotency.key_reused']);
  });

  it.each(['', ' ', 'a b', 'a'.repeat(256), 'é', '\u0001'])('refuses the key %j', async (key) => {
    const before = await total('/admin/api/customers');

    const answer = await product.admin.post('/admin/api/customers', { name: 'Acme' }, { 'idempotency-key': key });

    expect(refusal(answer)).toEqual([400, 'idempotency.key_invalid']);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: 'Idempotency-Key', code: 'idempotency.key_invalid' })]);
    expect(await total('/admin/api/customers')).toBe(before);
  });
});
