import type { RolePreviewView } from '../../src/customer-users/roles/role-preview.dto.js';
import type { Level } from '../../src/platform/context/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aRole, type RoleBody } from '../factories/customer-user-roles.js';
import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import type { Json } from '../factories/json.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-user-roles';

type Preview = Json<RolePreviewView>;

describe('The preview of what a role would allow', () => {
  let product: Product;
  let admin: Caller;
  let role: number;
  const people: Record<string, CustomerUserBody> = {};

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    role = await aRole(product, {
      permissions: { order: { view: 'customer' }, quote: { view: 'own' }, customer_user: { view: 'customer' } },
      capabilities: { update_own_profile: true },
    });
    const more = await aRole(product, { permissions: { order: { view: 'hierarchy' } }, capabilities: { update_own_profile: true } });
    const roles = { one: [role], two: [role, more], three: [more, role], disabled: [role], other: [more] };
    for (const [name, roleIds] of Object.entries(roles))
      people[name] = await aCustomerUser(admin, { roleIds, lastName: name, enabled: name !== 'disabled' });
  });
  afterAll(() => product.close());

  const preview = (matrix: object, query = '', caller = admin) =>
    caller.post<Preview & Refused>(`${PATH}/${role}/permissions/preview${query}`, { permissions: {}, capabilities: {}, ...matrix });
  const idsOf = (...names: string[]) => names.map((name) => people[name]?.id);
  const NEXT = { permissions: { order: { view: 'own' }, quote: { view: 'hierarchy' }, customer_user: { view: 'customer' } } };

  it('says how many gain and lose what, whatever else they hold, and who', async () => {
    const { status, body } = await preview(NEXT);

    expect(status).toBe(200);
    expect(body.counts).toEqual({ total: 4, gaining: 4, losing: 2, unchanged: 0 });
    expect(body.gains).toEqual([{ permission: 'quote:view', from: 'own', to: 'hierarchy', customerUsers: 4 }]);
    expect(body.losses).toEqual([
      { permission: 'order:view', from: 'customer', to: 'own', customerUsers: 2 },
      { permission: 'update_own_profile', from: true, to: false, customerUsers: 2 },
    ]);
    const gains = [{ permission: 'quote:view', from: 'own', to: 'hierarchy' }];
    const losses = [
      { permission: 'order:view', from: 'customer', to: 'own' },
      { permission: 'update_own_profile', from: true, to: false },
    ];
    expect(body.customerUsers.map(({ id, gains: gained, losses: lost }) => [id, gained, lost])).toEqual([
      [people['one']?.id, gains, losses],
      [people['two']?.id, gains, []],
      [people['three']?.id, gains, []],
      [people['disabled']?.id, gains, losses],
    ]);
    expect(body.customerUsers[0]).toMatchObject({ fullName: 'Amanda one', customerId: people['one']?.customer.id });
  });

  it('saves nothing', async () => {
    const url = `${PATH}/${role}`;
    const before = [(await admin.get(`${url}/permissions`)).body, (await admin.get<RoleBody>(url)).body];
    await preview(NEXT);

    expect([(await admin.get(`${url}/permissions`)).body, (await admin.get<RoleBody>(url)).body]).toEqual(before);
  });

  it('counts those as unchanged whose other roles make no difference', async () => {
    const { body } = await preview({
      permissions: { quote: { view: 'own' }, customer_user: { view: 'customer' } },
      capabilities: { update_own_profile: true },
    });

    expect(body.counts).toEqual({ total: 4, gaining: 0, losing: 2, unchanged: 2 });
    expect(body.customerUsers.map(({ id }) => id)).toEqual(idsOf('one', 'disabled'));
    const { body: same } = await admin.get<object>(`${PATH}/${role}/permissions`);
    expect((await preview(same)).body).toMatchObject({ counts: { unchanged: 4 }, gains: [], losses: [], customerUsers: [], next: null });
  });

  it('shows so many at a time', async () => {
    const first = (await preview(NEXT, '?limit=3')).body;
    const second = (await preview(NEXT, `?limit=3&after=${first.next}`)).body;

    expect([first.customerUsers, second.customerUsers].map((shown) => shown.map(({ id }) => id))).toEqual([
      idsOf('one', 'two', 'three'),
      idsOf('disabled'),
    ]);
    expect([first.next, second.next, second.counts.total]).toEqual([people['three']?.id, null, 4]);
    for (const query of ['?limit=0', '?limit=1001', '?after=x', '?surprise=1']) expect((await preview(NEXT, query)).status).toBe(400);
  });

  it('shows those whom the caller sees', async () => {
    const rights: Record<string, Level> = {
      ...{ 'customer_user_role:view': 'organization', 'customer_user_role:edit': 'organization', 'customer_user:view': 'own' },
      ...{ 'quote:view': 'organization' },
    };
    const limited = await aConsoleCaller(product, { rights });
    await admin.patch(`/admin/api/customer-users/${people['two']?.id}`, { ownerId: limited.userId });

    const { body } = await preview(NEXT, '', limited);

    expect([body.counts.total, body.customerUsers.map(({ id }) => id)]).toEqual([1, idsOf('two')]);
  });

  it('is refused for what putting it is refused for', async () => {
    const viewer = await aConsoleCaller(product, { rights: { 'customer_user_role:view': 'organization' } });
    const limited = await aConsoleCaller(product, {
      rights: { 'customer_user_role:view': 'organization', 'customer_user_role:edit': 'organization' },
    });
    const answers = [
      await preview({ permissions: { unicorn: { view: 'own' } } }),
      await preview(NEXT, '', viewer),
      await preview(NEXT, '', limited),
      await admin.post(`${PATH}/999999/permissions/preview`, { permissions: {}, capabilities: {} }),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'validation.failed'],
      [403, 'auth.permission_missing'],
      [403, 'roles.above_own_rights'],
      [404, 'not_found'],
    ]);
  });
});
