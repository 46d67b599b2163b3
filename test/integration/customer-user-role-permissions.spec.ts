import type { Level } from '../../src/platform/context/index.js';
import type { RoleMatrixView } from '../../src/roles/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { ADMINISTRATOR, aRole, aRoleOverHttp, type RoleBody } from '../factories/customer-user-roles.js';
import { aCustomerUser, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import type { Matrix } from '../factories/user-roles.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-user-roles';

describe('The permissions of a customer user role', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const url = (id: number) => `${PATH}/${id}/permissions`;
  const read = async (id: number) => (await admin.get<RoleMatrixView>(url(id))).body as Matrix;
  const put = (id: number, matrix: object, headers?: Record<string, string>, caller = admin) =>
    caller.put<Matrix & Refused>(url(id), { permissions: {}, capabilities: {}, ...matrix }, headers);

  it('are put whole: what is left out is not allowed', async () => {
    const id = await aRole(product, { permissions: { order: { view: 'hierarchy' } }, capabilities: { update_own_profile: true } });

    const { status, headers, body } = await put(id, { permissions: { customer_user: { view: 'customer' } } });

    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect(body.permissions['customer_user']).toEqual({ view: 'customer', create: 'none', edit: 'none', delete: 'none', assign: 'none' });
    expect([body.permissions['order']?.['view'], body.capabilities['update_own_profile']]).toEqual(['none', false]);
    expect(await read(id)).toEqual(body);
    expect((await historyOf(product, 'customer_user_role', id)).at(-1)?.changes).toMatchObject({
      permissions: { old: { order: { view: 'hierarchy' } }, new: { order: { view: 'none' } } },
      capabilities: { old: { update_own_profile: true }, new: { update_own_profile: false } },
    });
  });

  it('come out as they went in, and the same again changes nothing', async () => {
    const { id } = await aRoleOverHttp(admin);
    const whole = await read(ADMINISTRATOR);

    expect((await put(id, whole)).body).toEqual(whole);
    const again = await put(id, await read(id));
    expect([again.headers.get('etag'), (await admin.get<RoleBody>(`${PATH}/${id}`)).body.version]).toEqual(['"2"', 2]);
  });

  it('are what people may do with their next request', async () => {
    const { id } = await aRoleOverHttp(admin);
    const person = await aCustomerUser(admin, { roleIds: [id] });
    const caller = product.as((await product.logIn(person.email, PASSWORD)).accessToken);
    const viewOf = async () => (await caller.get<Matrix>('/api/me/permissions')).body.permissions['customer_user']?.['view'];

    expect(await viewOf()).toBeUndefined();
    await put(id, { permissions: { customer_user: { view: 'hierarchy' } } });
    expect(await viewOf()).toBe('hierarchy');
  });

  it('are refused with all that the catalog does not know, each at its place', async () => {
    const { id } = await aRoleOverHttp(admin);
    const { status, body } = await put(id, {
      permissions: {
        ...{ customer_user: { view: 'organization', fly: 'own', edit: null }, customer: { view: 'own' }, unicorn: { view: 'own' } },
        ...{ user: { view: 'own' }, order: 'all', 'a/b~c': {} },
      },
      capabilities: { update_own_profile: 'yes', import: true, levitate: true },
    });

    expect(status).toBe(400);
    expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/permissions/customer_user/view permissions.unknown_level',
      '/permissions/customer_user/fly permissions.unknown_action',
      '/permissions/customer_user/edit permissions.unknown_level',
      '/permissions/customer/view permissions.unknown_level',
      '/permissions/unicorn permissions.unknown_entity',
      '/permissions/user permissions.unknown_entity',
      '/permissions/order not_an_object',
      '/permissions/a~1b~0c permissions.unknown_entity',
      ...['/capabilities/update_own_profile not_a_boolean', '/capabilities/import permissions.unknown_capability'],
      '/capabilities/levitate permissions.unknown_capability',
    ]);
  });

  it('are put by one of two admins who read the same version', async () => {
    const { id } = await aRoleOverHttp(admin);
    const levels = ['own', 'customer', 'hierarchy'];

    const answers = await Promise.all(levels.map((view) => put(id, { permissions: { customer_user: { view } } }, { 'if-match': '"1"' })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect((await read(id)).permissions['customer_user']?.['view']).toBe(levels[won]);
  });

  it('go no further than what a console user holds himself, and what they were before may stay', async () => {
    const rights: Record<string, Level> = {
      ...{ 'customer_user_role:view': 'organization', 'customer_user_role:edit': 'organization' },
      ...{ 'customer_user:view': 'own', 'order:view': 'organization' },
    };
    const limited = await aConsoleCaller(product, { rights });
    const id = await aRole(product, { permissions: { quote: { view: 'hierarchy' } } });
    const more = {
      permissions: { customer_user: { view: 'hierarchy', edit: 'own' }, order: { view: 'hierarchy' }, quote: { view: 'hierarchy' } },
      capabilities: { update_own_profile: true },
    };

    const refused = await put(id, more, {}, limited);

    expect([refused.status, refused.body.code]).toEqual([403, 'roles.above_own_rights']);
    expect(refused.body.errors?.map(({ pointer }) => pointer)).toEqual([
      '/permissions/customer_user/view',
      '/permissions/customer_user/edit',
    ]);
    expect(
      (await put(id, { ...more, permissions: { ...more.permissions, customer_user: { view: 'customer' } } }, {}, limited)).status,
    ).toBe(200);
  });

  it('that the catalog does not know any more, or at such a level, are not obeyed', async () => {
    const id = await aRole(product, {
      permissions: { unicorn: { view: 'hierarchy' }, customer_user: { view: 'organization', fly: 'own' }, order: { view: 'own' } },
      capabilities: { levitate: true },
    });
    const { permissions, capabilities } = await read(id);

    expect([permissions['unicorn'], permissions['customer_user']?.['view'], permissions['order']?.['view']]).toEqual([
      undefined,
      'none',
      'own',
    ]);
    expect([permissions['customer_user']?.['fly'], capabilities['levitate']]).toEqual([undefined, undefined]);
  });
});
