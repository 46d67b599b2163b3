import type { Level } from '../../src/platform/context/index.js';
import { anAddress, anAddressDraft } from '../factories/addresses.js';
import { anEmail, type CustomerUserBody } from '../factories/customer-users.js';
import type { CustomerBody } from '../factories/customers.js';
import { aRoleThatAllows, aStorefrontCaller, aTree, type StorefrontCaller } from '../factories/storefront.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

type Tree = Awaited<ReturnType<typeof aTree>>;

const LEVELS = ['own', 'customer', 'hierarchy'] as const satisfies readonly Level[];
const ACTIONS = ['view', 'create', 'edit', 'delete'];
const ENTITIES = ['customer', 'customer_user', 'customer_address', 'customer_user_address'];

const PEOPLE: Record<(typeof LEVELS)[number], string[]> = {
  own: [],
  customer: ['colleague'],
  hierarchy: ['colleague', 'below', 'deep'],
};
const CUSTOMERS: Record<(typeof LEVELS)[number], string[]> = { own: [], customer: ['own'], hierarchy: ['own', 'below', 'deep'] };

describe('A customer user reaches', () => {
  let product: Product;
  let tree: Tree;
  const callers = new Map<Level, StorefrontCaller>();
  const books = new Map<string, { path: string; id: number }>();

  beforeAll(async () => {
    product = await startProduct();
    tree = await aTree(product);
    for (const level of LEVELS) {
      // What has no owner among customer users offers no level own.
      const of = (entity: string): Level => (level === 'own' && !entity.startsWith('customer_user') ? 'none' : level);
      const levels = Object.fromEntries(ENTITIES.flatMap((entity) => ACTIONS.map((action) => [`${entity}:${action}`, of(entity)])));
      const roleIds = [await aRoleThatAllows(product, levels)];
      callers.set(level, await aStorefrontCaller(product, { customerId: tree.customers.own.id, roleIds }));
    }
    for (const [name, { id }] of Object.entries(tree.people)) {
      const made = await anAddress(product.admin, `/admin/api/customer-users/${id}/addresses`);
      books.set(`person ${name}`, { path: `customerUserId=${id}`, id: made.id });
    }
    for (const [name, { id }] of Object.entries(tree.customers)) {
      const made = await anAddress(product.admin, `/admin/api/customers/${id}/addresses`);
      books.set(`customer ${name}`, { path: `customerId=${id}`, id: made.id });
    }
  });
  afterAll(() => product.close());

  const caller = (level: Level) => callers.get(level) as StorefrontCaller;
  const idsOf = async (by: Caller, url: string) => (await by.get<Listed<{ id: number }>>(url)).body.items.map(({ id }) => id);
  const statusesOf = async (calls: Promise<{ status: number }>[]) => (await Promise.all(calls)).map(({ status }) => status);

  /** Every act on somebody, but for creating and deleting him. */
  const actsOn = (by: Caller, id: number) => [
    by.get(`/api/customer-users/${id}`),
    by.patch(`/api/customer-users/${id}`, { middleName: 'M.' }),
    ...['enable', 'disable', 'confirm', 'resend-confirmation', 'reset-password'].map((act) => by.post(`/api/customer-users/${id}/${act}`)),
  ];
  const NOWHERE = [404, 404, 404, 404, 404, 404, 404];

  describe.each(LEVELS)('at the level %s', (level) => {
    it('those people, and nobody else is there for him, whatever he does', async () => {
      const by = caller(level);
      const above = () => product.admin.get<CustomerUserBody>(`/admin/api/customer-users/${tree.people.above.id}`);
      const before = (await above()).body;
      for (const [name, { id }] of Object.entries(tree.people)) {
        const reached = PEOPLE[level].includes(name);
        const listed = await idsOf(by, `/api/customer-users?filter[id]=${id}`);

        expect([name, listed.length]).toEqual([name, reached ? 1 : 0]);
        if (reached) expect((await by.get(`/api/customer-users/${id}`)).status).toBe(200);
        else expect(await statusesOf([...actsOn(by, id), by.delete(`/api/customer-users/${id}`)])).toEqual([...NOWHERE, 404]);
      }
      expect((await above()).body).toEqual(before);
    });

    it('in a bulk no more than one by one', async () => {
      const ids = [...Object.values(tree.people).map(({ id }) => id), caller(level).person.id];
      const bulk = { action: 'enable', ids };

      const { body } = await caller(level).post<{ items: { status: string; code: string | null }[] }>('/api/customer-users/bulk', bulk);

      expect(body.items.map(({ status, code }) => code ?? status)).toEqual([
        ...Object.keys(tree.people).map((name) => (PEOPLE[level].includes(name) ? 'unchanged' : 'not_found')),
        'customer_users.self',
      ]);
    });

    it('those customers to create people for: others are not there, and what he reaches too little for is refused', async () => {
      const outcomes = await Promise.all(
        Object.entries(tree.customers).map(async ([name, { id: customerId }]) => {
          const draft = { email: anEmail(), firstName: 'New', lastName: 'Person', customerId, roleIds: [] as number[], enabled: false };
          const { status } = await caller(level).post('/api/customer-users', draft);
          return [name, status];
        }),
      );

      const expected = (name: string) => (CUSTOMERS[level].includes(name) ? 201 : name === 'own' ? 403 : 400);
      expect(outcomes).toEqual(Object.keys(tree.customers).map((name) => [name, expected(name)]));
    });

    if (level !== 'own')
      it('those customers, and no other is there for him', async () => {
        const by = caller(level);
        for (const [name, { id }] of Object.entries(tree.customers)) {
          const reached = CUSTOMERS[level].includes(name);
          const statuses = await statusesOf([
            by.get(`/api/customers/${id}`),
            by.get(`/api/customers/${id}/tree`),
            by.patch(`/api/customers/${id}`, {}),
          ]);
          expect([name, ...statuses]).toEqual([name, ...(reached ? [200, 200, 200] : [404, 404, 404])]);
          if (!reached) expect((await by.delete(`/api/customers/${id}`)).status).toBe(404);
        }
        const reachedIds = Object.entries(tree.customers).flatMap(([name, { id }]) => (CUSTOMERS[level].includes(name) ? [id] : []));
        expect(await idsOf(by, '/api/customers')).toEqual(reachedIds);
      });

    it('the address books of those, and no other is there for him', async () => {
      const by = caller(level);
      for (const [name, { path, id }] of books) {
        const [kind = '', whose = ''] = name.split(' ');
        const reached = (kind === 'person' ? PEOPLE : CUSTOMERS)[level].includes(whose);
        const [member = '', value] = path.split('=');
        const statuses = await statusesOf([
          by.get(`/api/addresses/${id}`),
          by.patch(`/api/addresses/${id}`, { label: 'Changed' }),
          by.get(`/api/addresses?${path}`),
          by.post('/api/addresses', anAddressDraft({ [member]: Number(value) })),
        ]);
        if (reached) expect([name, ...statuses]).toEqual([name, 200, 200, 200, 201]);
        // At the level own he holds nothing about the books of customers: that is told before anything is looked for.
        else if (level === 'own' && kind === 'customer') expect([name, ...statuses]).toEqual([name, 404, 404, 403, 403]);
        else expect([name, ...statuses, (await by.delete(`/api/addresses/${id}`)).status]).toEqual([name, 404, 404, 404, 404, 404]);
      }
    });
  });

  it('his own customer and his own book, even where he may see neither customers nor people', async () => {
    const levels = {
      'customer_address:view': 'customer',
      'customer_user_address:view': 'own',
      'customer_user_address:create': 'own',
    } as const;
    const by = await aStorefrontCaller(product, {
      customerId: tree.customers.own.id,
      roleIds: [await aRoleThatAllows(product, levels)],
    });

    const { status, body } = await by.post<{ id: number }>('/api/addresses', anAddressDraft({ customerUserId: by.person.id }));

    expect(status).toBe(201);
    expect((await by.get(`/api/addresses/${body.id}`)).status).toBe(200);
    expect((await by.get(`/api/addresses?customerId=${tree.customers.own.id}`)).status).toBe(200);
    expect((await by.get(`/api/addresses?customerId=${tree.customers.above.id}`)).status).toBe(404);
    expect((await by.get('/api/customers')).status).toBe(403);
  });

  it('nothing by way of filters: what is above his customer is not told', async () => {
    const by = caller('hierarchy');
    const { above, own, below } = tree.customers;
    const customer = (await by.get<CustomerBody>(`/api/customers/${own.id}`)).body;
    const top = (await by.get<{ parentId: number | null }>(`/api/customers/${own.id}/tree`)).body;

    expect([customer.parentId, customer.parent, top.parentId]).toEqual([null, null, null]);
    for (const list of ['customers', 'customer-users']) expect(await idsOf(by, `/api/${list}?filter[ancestorId]=${above.id}`)).toEqual([]);
    expect(await idsOf(by, `/api/customers?filter[parentId]=${above.id}`)).toEqual([]);
    expect(await idsOf(by, '/api/customers?filter[parentId][null]=true')).toEqual([own.id]);
    expect(await idsOf(by, `/api/customers?filter[parentId]=${own.id}`)).toEqual([below.id]);
    expect((await idsOf(by, `/api/customer-users?filter[ancestorId]=${below.id}`)).length).toBeGreaterThan(1);
  });
});
