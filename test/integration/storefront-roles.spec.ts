import type { RoleMatrixView } from '../../src/roles/index.js';
import { ADMINISTRATOR, aRole, BUYER, type RoleBody, VISITOR } from '../factories/customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import type { Listed } from '../support/client.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/customer-user-roles';
const UNKNOWN = 987_654_321;

type Body = RoleBody & Refused;
type Matrix = Pick<RoleMatrixView, 'permissions' | 'capabilities'>;

const VIEWS: Matrix = { permissions: { customer_user: { view: 'customer' }, customer: { view: 'customer' } }, capabilities: {} };

describe('Roles in the storefront', () => {
  let product: Product;
  let customerId: number;
  let below: number;
  let boss: StorefrontCaller;

  const aCompany = async () => {
    customerId = (await aCustomer(product.admin)).id;
    below = (await aCustomer(product.admin, { parentId: customerId })).id;
    boss = await aStorefrontCaller(product, { customerId });
  };

  beforeAll(async () => {
    product = await startProduct();
    await aCompany();
  });
  afterAll(() => product.close());

  let made = 0;
  const create = async (draft: object = {}) => (await boss.post<Body>(PATH, { label: `Fitters ${(made += 1)}`, ...draft })).body;
  const put = (id: number, matrix: object, by = boss, headers = {}) =>
    by.put<RoleMatrixView & Refused>(`${PATH}/${id}/permissions`, matrix, headers);
  const matrixOf = async (id: number) => (await boss.get<RoleMatrixView>(`${PATH}/${id}/permissions`)).body;
  const rolesOf = async ({ id }: { id: number }) =>
    (await product.admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.roles.map((role) => role.id);
  const copyIn = ({ headers }: { headers: Headers }) =>
    Number(/customer-user-roles\/(\d+)/.exec(headers.get('content-location') ?? '')?.[1]);

  it('are the predefined ones that are public, those of the customer and of those below it', async () => {
    const [own, theirs] = [await aRole(product, { customerId }), await aRole(product, { customerId: below })];
    const strange = await aRole(product, { customerId: (await aCustomer(product.admin)).id });

    const { items } = (await boss.get<Listed<RoleBody>>(`${PATH}?limit=200&filter[id][in]=1,2,3,${own},${theirs},${strange}`)).body;

    expect(items.map(({ id }) => id)).toEqual([ADMINISTRATOR, BUYER, own, theirs]);
    expect(Object.keys(items[0] ?? {}).sort()).toEqual([
      ...['code', 'createdAt', 'customerId', 'id', 'label', 'selfManaged', 'updatedAt', 'userCount', 'version'],
    ]);
    expect((await boss.get(`${PATH}?filter[customerUserId]=1`)).body.errors?.[0]?.code).toBe('listing.unknown_filter');
  });

  it('that are not his to see are not there for a storefront admin, whatever he does', async () => {
    const strange = await aRole(product, { customerId: (await aCustomer(product.admin)).id });
    for (const id of [strange, VISITOR, UNKNOWN]) {
      const answers = [
        await boss.get(`${PATH}/${id}`),
        await boss.get(`${PATH}/${id}/permissions`),
        await boss.patch(`${PATH}/${id}`, { label: 'Mine now' }),
        await put(id, VIEWS),
        await boss.post(`${PATH}/${id}/clone`, {}),
        await boss.delete(`${PATH}/${id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    }
  });

  it('are made, filled, given, renamed and deleted by a storefront admin', async () => {
    const created = await boss.post<Body>(PATH, { label: 'Fitters' });
    const { id } = created.body;
    expect([created.status, created.headers.get('location'), created.body.customerId]).toEqual([201, `${PATH}/${id}`, customerId]);
    expect((await put(id, VIEWS)).body.permissions['customer_user']).toMatchObject({ view: 'customer', edit: 'none' });
    const person = await aStorefrontCaller(product, { customerId, roleIds: [BUYER] });

    await boss.patch(`/api/customer-users/${person.person.id}`, { roleIds: [id] });

    expect((await person.get('/api/addresses?customerId=1')).status).toBe(403);
    expect((await person.get('/api/customer-users')).status).toBe(200);
    await put(id, { permissions: {}, capabilities: {} });
    expect((await person.get('/api/customer-users')).status).toBe(403);
    expect((await boss.patch<Body>(`${PATH}/${id}`, { label: 'Mechanics' })).body).toMatchObject({ id, label: 'Mechanics', userCount: 1 });
    expect((await boss.delete(`${PATH}/${id}`)).body.code).toBe('roles.in_use');
    await boss.patch(`/api/customer-users/${person.person.id}`, { roleIds: [BUYER] });
    expect((await boss.delete(`${PATH}/${id}`)).status).toBe(204);
    expect(await historyOf(product, 'customer_user_role', id)).toMatchObject([
      { action: 'created', actorType: 'customer-user', actorId: boss.person.id },
      ...[{ action: 'changed' }, { action: 'changed' }, { action: 'changed' }, { action: 'deleted' }],
    ]);
  });

  it('are made for a customer below, and for no other', async () => {
    const strange = (await aCustomer(product.admin)).id;

    expect(await create({ customerId: below })).toMatchObject({ customerId: below });
    expect((await boss.post<Body>(PATH, { label: 'Fitters', customerId: strange })).status).toBe(404);
    expect((await boss.post<Body>(`${PATH}/${BUYER}/clone`, { customerId: strange })).status).toBe(404);
  });

  it('that are predefined, or kept by the merchant, are not deleted or changed', async () => {
    const kept = await aRole(product, { selfManaged: false });

    expect((await boss.delete(`${PATH}/${BUYER}`)).body.code).toBe('roles.predefined');
    expect((await put(kept, VIEWS)).body.code).toBe('roles.not_self_managed');
  });

  it('are cloned with all that they allow', async () => {
    const { status, headers, body } = await boss.post<Body>(`${PATH}/${ADMINISTRATOR}/clone`, { label: 'Second in command' });

    expect([status, headers.get('location')]).toEqual([201, `${PATH}/${body.id}`]);
    expect(body).toMatchObject({ label: 'Second in command', customerId, userCount: 0 });
    expect(await matrixOf(body.id)).toEqual(await matrixOf(ADMINISTRATOR));
    expect(await rolesOf(boss.person)).toEqual([ADMINISTRATOR]);
  });

  it('tell what is wrong with a matrix, at its place', async () => {
    const { id } = await create();
    const faultsOf = async (part: object) => {
      const { status, body } = await put(id, { permissions: {}, capabilities: {}, ...part });
      return [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
    };

    expect(await faultsOf({ permissions: { spaceship: { view: 'own' }, order: { fly: 'own', view: 'global' } } })).toEqual([
      ...[400, '/permissions/spaceship permissions.unknown_entity'],
      ...['/permissions/order/fly permissions.unknown_action', '/permissions/order/view permissions.unknown_level'],
    ]);
    expect(await faultsOf({ permissions: { customer: { view: 'own' } }, capabilities: { fly: true, update_own_profile: 1 } })).toEqual([
      ...[400, '/permissions/customer/view permissions.unknown_level'],
      ...['/capabilities/fly permissions.unknown_capability', '/capabilities/update_own_profile not_a_boolean'],
    ]);
    expect(await faultsOf({ permissions: [], capabilities: 'all' })).toEqual([
      ...[400, '/permissions not_an_object', '/capabilities not_an_object'],
    ]);
  });

  it('give nobody more than he holds who edits them or gives them', async () => {
    const levels = {
      'customer_user_role:view': 'customer',
      'customer_user_role:edit': 'customer',
      'customer_user:view': 'customer',
    } as const;
    const limited = await aStorefrontCaller(product, { customerId, roleIds: [await aRoleThatAllows(product, levels)] });
    const { id } = await create();

    const refused = await put(id, { permissions: { customer_user: { view: 'hierarchy', edit: 'own' } }, capabilities: {} }, limited);

    expect([refused.status, refused.body.code, refused.body.errors?.map(({ pointer }) => pointer)]).toEqual([
      ...[403, 'roles.above_own_rights'],
      ['/permissions/customer_user/view', '/permissions/customer_user/edit'],
    ]);
    expect((await put(id, { permissions: { customer_user: { view: 'customer' } }, capabilities: {} }, limited)).status).toBe(200);
    expect((await limited.post(PATH, { label: 'More' })).body.detail).toBe('This needs the permission customer_user_role:create.');
  });

  it('edited by two at once in the same version change once', async () => {
    const other = await aStorefrontCaller(product, { customerId });
    const { id } = await create();
    const edit = (by: StorefrontCaller) => put(id, VIEWS, by, { 'if-match': '"1"' });

    const answers = await Promise.all([edit(boss), edit(other)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('are not taken from an enabled person who would have none left', async () => {
    const { id } = await aCustomerUser(product.admin, { customerId });
    const removal = { action: 'remove-roles', ids: [id], roleIds: [BUYER] };

    const { body } = await boss.post<{ items: { code: string }[] }>('/api/customer-users/bulk', removal);

    expect(body.items[0]?.code).toBe('customer_users.roles_missing');
    expect((await boss.patch(`/api/customer-users/${id}`, { roleIds: [] })).body.errors?.[0]?.code).toBe('customer_users.roles_missing');
  });

  it('have labels of their own within a customer, and make one role for one Idempotency-Key', async () => {
    const [one, again] = [
      await boss.post<Body>(PATH, { label: 'Twice' }, { 'idempotency-key': 'role' }),
      await boss.post<Body>(PATH, { label: 'Twice' }, { 'idempotency-key': 'role' }),
    ];

    expect([again.status, again.body]).toEqual([201, one.body]);
    expect((await boss.post<Body>(PATH, { label: 'Twice' })).body).toMatchObject({ status: 409, code: 'roles.label_taken' });
    expect((await boss.post<Body>(PATH, { label: 'ab' })).body.errors?.[0]).toMatchObject({ pointer: '/label', code: 'too_short' });
  });

  describe('that are predefined', () => {
    beforeEach(aCompany);

    it('become a copy of the customer, to which his people move', async () => {
      const buyer = await aCustomerUser(product.admin, { customerId, roleIds: [BUYER] });
      const other = await aStorefrontCaller(product);
      const before = await matrixOf(BUYER);

      const answer = await put(BUYER, { ...before, permissions: { ...before.permissions, order: { view: 'customer' } } });

      const copy = copyIn(answer);
      expect([answer.status, answer.headers.get('etag'), copy > VISITOR]).toEqual([200, '"1"', true]);
      expect((await boss.get<Body>(`${PATH}/${copy}`)).body).toMatchObject({ label: 'Buyer', customerId, userCount: 1 });
      expect(await rolesOf(buyer)).toEqual([copy]);
      expect(await matrixOf(BUYER)).toEqual(before);
      expect((await other.get(`${PATH}/${copy}`)).status).toBe(404);
    });

    it('are copied for a customer below as well', async () => {
      const person = await aCustomerUser(product.admin, { customerId: below, roleIds: [BUYER] });

      const { body, headers } = await boss.patch<Body>(`${PATH}/${BUYER}?customerId=${below}`, { label: 'Their buyer' });

      expect(body).toMatchObject({ customerId: below, label: 'Their buyer' });
      expect([copyIn({ headers }), await rolesOf(person)]).toEqual([body.id, [body.id]]);
      expect((await boss.patch(`${PATH}/${BUYER}?customerId=x`, { label: 'X of nobody' })).status).toBe(400);
    });

    it('leave the customer its last administrator, also when two edit at once', async () => {
      const other = await aStorefrontCaller(product, { customerId });
      const nothing = { permissions: {}, capabilities: {} };

      expect((await put(ADMINISTRATOR, nothing)).body.code).toBe('customer_users.last_administrator');
      const answers = await Promise.all([put(ADMINISTRATOR, nothing), put(ADMINISTRATOR, nothing, other)]);
      expect(answers.map(({ body }) => body.code)).toEqual(answers.map(() => 'customer_users.last_administrator'));
      expect([await rolesOf(boss.person), await rolesOf(other.person)]).toEqual([[ADMINISTRATOR], [ADMINISTRATOR]]);
    });

    it('are copied by one of two at once, and nobody is left without a role', async () => {
      const other = await aStorefrontCaller(product, { customerId });
      const people = [await aCustomerUser(product.admin, { customerId }), await aCustomerUser(product.admin, { customerId })];

      const answers = await Promise.all([put(BUYER, VIEWS), put(BUYER, { permissions: {}, capabilities: {} }, other)]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('roles.customized_already');
      const copies = answers.flatMap((answer) => (answer.status === 200 ? [copyIn(answer)] : []));
      expect(await Promise.all(people.map(rolesOf))).toEqual([copies, copies]);
    });

    it('that no longer let people update their own profile close it to them', async () => {
      const person = await aStorefrontCaller(product, { customerId, roleIds: [BUYER] });
      expect((await person.patch('/api/me', { firstName: 'Me' })).status).toBe(200);

      await put(BUYER, VIEWS);

      expect((await person.get<Matrix>('/api/me/permissions')).body.capabilities).toEqual({});
      expect((await person.patch('/api/me', { firstName: 'Myself' })).body.detail).toBe('This needs the permission update_own_profile.');
    });
  });
});
