import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import { aPredefinedRole, aUserRole } from '../factories/user-roles.js';
import { aUserCaller, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const LEVELS = ['none', 'own', 'organization', 'global'] as const;
type Level = (typeof LEVELS)[number];
type Teller = Caller & { user: UserBody };

const ACTIONS = ['view', 'create', 'edit', 'delete'];

const CUSTOMERS = {
  owned: 'the customer that he owns',
  assigned: 'the customer that he represents',
  colleagues: "a colleague's customer",
  elsewhere: "another organization's customer",
} as const;

const PEOPLE = {
  owned: 'the customer user whom he owns',
  assigned: 'the customer user whom he represents',
  ofOwned: 'a customer user of the customer that he owns',
  ofAssigned: 'a customer user of the customer that he represents',
  colleagues: "a colleague's customer user",
  elsewhere: "another organization's customer user",
} as const;

const reaching = (kinds: string[], level: Level): string[] =>
  kinds.filter((kind) => level !== 'none' && (level !== 'own' || kind !== 'colleagues') && (level === 'global' || kind !== 'elsewhere'));

describe('A console user reaches', () => {
  let product: Product;
  let admin: Caller;
  let elsewhere: { id: number };
  const callers = new Map<Level, Teller>();
  const customers = new Map<string, number>();
  const people = new Map<string, number>();

  /** He has global access at the level that needs it, and belongs to the first organization. */
  const aCallerAt = async (level: Level) => {
    const actions = Object.fromEntries(ACTIONS.map((action) => [action, level]));
    const { id } = await aUserRole(admin, { permissions: { customer: actions, customer_user: actions } });
    return aUserCaller(product, { roleIds: [id], globalAccess: level === 'global' });
  };

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    elsewhere = await anOrganization(product);
    for (const level of LEVELS) callers.set(level, await aCallerAt(level));
    const colleague = (await aUserCaller(product)).user.id;
    const everybody = [...callers.values()].map(({ user }) => user.id);
    for (const level of LEVELS) {
      const self = callers.get(level)?.user.id ?? 0;
      const owned = (await aCustomer(admin, { ownerId: self })).id;
      const assigned = (await aCustomer(admin, { ownerId: colleague, salesRepresentativeIds: everybody })).id;
      const theirs = (await aCustomer(admin, { ownerId: colleague })).id;
      const far = (await aCustomer(admin, { organizationId: elsewhere.id })).id;
      for (const [kind, id] of Object.entries({ owned, assigned, colleagues: theirs, elsewhere: far }))
        customers.set(`${level} ${kind}`, id);
      const none = { salesRepresentativeIds: [] };
      const drafts = {
        owned: { ...none, customerId: theirs, ownerId: self },
        assigned: { customerId: theirs, ownerId: colleague, salesRepresentativeIds: everybody },
        ofOwned: { ...none, customerId: owned, ownerId: colleague },
        ofAssigned: { ...none, customerId: assigned, ownerId: colleague },
        colleagues: { ...none, customerId: theirs, ownerId: colleague },
        elsewhere: { customerId: far, organizationId: elsewhere.id },
      };
      for (const [kind, draft] of Object.entries(drafts))
        people.set(`${level} ${kind}`, (await aCustomerUser(admin, { ...draft, password: undefined })).id);
    }
  });
  afterAll(() => product.close());

  const caller = (level: Level) => callers.get(level) as Teller;

  describe.each([
    ['customers', CUSTOMERS, customers],
    ['customer-users', PEOPLE, people],
  ] as const)('of %s', (resource, kinds, ids) => {
    const url = (level: Level, kind: string) => `/admin/api/${resource}/${ids.get(`${level} ${kind}`)}`;

    it.each(LEVELS.slice(1).flatMap((level) => Object.entries(kinds).map(([kind, what]) => [level, what, kind] as const)))(
      'at the level %s, or does not, %s: the rest is not there for him',
      async (level, _what, kind) => {
        const reached = reaching(Object.keys(kinds), level).includes(kind);

        const seen = await caller(level).get(url(level, kind));
        const changed = await caller(level).patch(url(level, kind), { externalId: `${resource}-${level}-${kind}` });
        const { items } = (
          await caller(level).get<Listed<{ id: number }>>(`/admin/api/${resource}?filter[id]=${ids.get(`${level} ${kind}`)}`)
        ).body;

        expect([seen.status, changed.status, items.length]).toEqual(reached ? [200, 200, 1] : [404, 404, 0]);
      },
    );

    it('at the level none: nothing, not even the list', async () => {
      const answers = [
        await caller('none').get(`/admin/api/${resource}`),
        await caller('none').get(url('none', 'owned')),
        await caller('none').patch(url('none', 'owned'), { externalId: 'x' }),
        await caller('none').delete(url('none', 'owned')),
      ];

      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    });

    it('to see more than to change: what he sees but may not change is refused with the permission', async () => {
      const entity = resource === 'customers' ? 'customer' : 'customer_user';
      const { id } = await aUserRole(admin, { permissions: { [entity]: { view: 'organization', edit: 'own', delete: 'own' } } });
      const one = await aUserCaller(product, { roleIds: [id] });
      const answers = [await one.patch(url('own', 'colleagues'), { externalId: 'x' }), await one.delete(url('own', 'colleagues'))];

      expect((await one.get(url('own', 'colleagues'))).status).toBe(200);
      expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
        [403, `This needs the permission ${entity}:edit.`],
        [403, `This needs the permission ${entity}:delete.`],
      ]);
    });

    it('to delete as far as to see', async () => {
      expect((await caller('own').delete(url('own', 'colleagues'))).status).toBe(404);
      expect((await caller('organization').delete(url('organization', 'elsewhere'))).status).toBe(404);
      const made = resource === 'customers' ? await aCustomer(admin, { ownerId: caller('own').user.id }) : undefined;
      const id = made?.id ?? (await aCustomerUser(admin, { ownerId: caller('own').user.id })).id;
      expect((await caller('own').delete(`/admin/api/${resource}/${id}`)).status).toBe(204);
    });
  });

  it('as a sales representative what is his, and as a sales manager what is of his organization', async () => {
    const [manager, representative] = [
      await aUserCaller(product, { roleIds: [(await aPredefinedRole(admin, 'Sales manager')).id] }),
      await aUserCaller(product, { roleIds: [(await aPredefinedRole(admin, 'Sales representative')).id] }),
    ];
    const { id: theirs } = await aCustomer(admin);
    const { id: own } = await aCustomer(admin, { salesRepresentativeIds: [representative.user.id] });
    const { id: person } = await aCustomerUser(admin, { customerId: own });
    const statuses = async (by: Caller) =>
      (
        await Promise.all([
          ...[
            by.get(`/admin/api/customers/${own}`),
            by.get(`/admin/api/customers/${theirs}`),
            by.get(`/admin/api/customer-users/${person}`),
          ],
          ...[by.get(`/admin/api/customers/${customers.get('own elsewhere')}`), by.get('/admin/api/customer-user-roles')],
          ...[by.get('/admin/api/user-roles'), by.get('/admin/api/settings'), by.patch('/admin/api/organizations/1', { name: 'X' })],
        ])
      ).map(({ status }) => status);

    expect(await statuses(representative)).toEqual([200, 404, 200, 404, 200, 403, 403, 403]);
    expect(await statuses(manager)).toEqual([200, 200, 200, 404, 200, 200, 200, 403]);
    expect((await representative.patch(`/admin/api/customer-users/${person}`, { lastName: 'Edited' })).status).toBe(200);
    expect((await representative.get<Listed>('/admin/api/users')).body.items).toHaveLength(1);
  });
});
