import { aPredefinedRole, aUserRole, type Matrix, type UserRoleBody } from '../factories/user-roles.js';
import { aUserCaller } from '../factories/users.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/user-roles';

describe('The permissions of a role', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const permissionsOf = async (id: number, caller = admin) => (await caller.get<Matrix>(`${PATH}/${id}/permissions`)).body;
  const put = (id: number, matrix: object, caller = admin) => caller.put<Matrix>(`${PATH}/${id}/permissions`, matrix);

  describe('are what was put', () => {
    it('whole in, whole out', async () => {
      const { id } = await aUserRole(admin);
      const { permissions } = await permissionsOf(id);

      const { status, headers, body } = await put(id, { permissions: { customer: { view: 'own' } }, capabilities: { export: true } });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      const expected = { ...permissions, customer: { ...permissions['customer'], view: 'own' } };
      expect(body.permissions).toEqual(expected);
      expect(body.capabilities).toMatchObject({ export: true, import: false });
      expect(await permissionsOf(id)).toEqual(body);
      expect((await put(id, body)).headers.get('etag')).toBe('"2"');
      expect((await put(id, { permissions: {}, capabilities: {} })).body.permissions).toEqual(permissions);
    });

    it('at once, for whoever has them', async () => {
      const role = await aUserRole(admin, { permissions: { customer: { view: 'organization' } } });
      const caller = await aUserCaller(product, { roleIds: [role.id] });
      expect((await caller.get('/admin/api/customers')).status).toBe(200);

      await put(role.id, { permissions: {}, capabilities: {} });

      expect((await caller.get('/admin/api/customers')).status).toBe(403);
    });

    it.each([
      [{ permissions: { spaceship: { view: 'own' } }, capabilities: {} }, '/permissions/spaceship', 'permissions.unknown_entity'],
      [{ permissions: { 'a/b~c': {} }, capabilities: {} }, '/permissions/a~1b~0c', 'permissions.unknown_entity'],
      [{ permissions: { customer: { fly: 'own' } }, capabilities: {} }, '/permissions/customer/fly', 'permissions.unknown_action'],
      [{ permissions: { customer: { view: 'hierarchy' } }, capabilities: {} }, '/permissions/customer/view', 'permissions.unknown_level'],
      [{ permissions: { customer: { view: null } }, capabilities: {} }, '/permissions/customer/view', 'permissions.unknown_level'],
      [{ permissions: { website: { view: 'own' } }, capabilities: {} }, '/permissions/website/view', 'permissions.unknown_level'],
      [{ permissions: { customer: 'own' }, capabilities: {} }, '/permissions/customer', 'not_an_object'],
      [{ permissions: { customer: ['own'] }, capabilities: {} }, '/permissions/customer', 'not_an_object'],
      [{ permissions: {}, capabilities: { fly: true } }, '/capabilities/fly', 'permissions.unknown_capability'],
      [
        { permissions: {}, capabilities: { update_own_profile: true } },
        '/capabilities/update_own_profile',
        'permissions.unknown_capability',
      ],
      [{ permissions: {}, capabilities: { import: 'yes' } }, '/capabilities/import', 'not_a_boolean'],
      [{ permissions: [], capabilities: {} }, '/permissions', 'not_an_object'],
      [{ permissions: {} }, '/capabilities', 'required'],
      [{ permissions: {}, capabilities: {}, version: 1 }, '/version', 'unknown_member'],
    ])('never with %j', async (matrix, pointer, code) => {
      const { id } = await aUserRole(admin);

      const { status, body } = await admin.put(`${PATH}/${id}/permissions`, matrix);

      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer, code })]]);
    });

    it('with every fault in one answer', async () => {
      const { id } = await aUserRole(admin);
      const matrix = { permissions: { spaceship: {}, customer: { fly: 'own', view: 'full' } }, capabilities: { fly: true } };

      expect((await admin.put(`${PATH}/${id}/permissions`, matrix)).body.errors).toHaveLength(4);
    });

    it('and everything that will be, once they allow all there is', async () => {
      const { id } = await aUserRole(admin);
      const { body } = await put(id, await permissionsOf((await aPredefinedRole(admin, 'Administrator')).id));

      expect(Object.values(body.capabilities)).not.toContain(false);
      expect((await admin.get<UserRoleBody>(`${PATH}/${id}`)).body.everything).toBe(true);
    });
  });

  describe('are no more than the giver holds', () => {
    it('by naming each right, and where it stands', async () => {
      const own = { user_role: { view: 'organization', edit: 'organization' }, customer: { view: 'own' } };
      const holder = await aUserRole(admin, { permissions: own, capabilities: { export: true } }, { organizationId: 1 });
      const caller = await aUserCaller(product, { roleIds: [holder.id] });
      const { id } = await aUserRole(admin, { permissions: { customer_user: { view: 'global' } } }, { organizationId: 1 });

      const refused = await caller.put(`${PATH}/${id}/permissions`, {
        permissions: { customer: { view: 'organization' }, user: { view: 'own' }, customer_user: { view: 'global', edit: 'own' } },
        capabilities: { import: true, export: true },
      });

      expect([refused.status, refused.body.code]).toEqual([403, 'user_roles.above_own_rights']);
      expect(refused.body.detail).toBe(
        'This is more than you hold yourself: customer:view at organization, user:view at own, customer_user:edit at own, import.',
      );
      expect(refused.body.errors?.map(({ pointer }) => pointer)).toEqual([
        ...['/permissions/customer/view', '/permissions/user/view', '/permissions/customer_user/edit', '/capabilities/import'],
      ]);
      const fine = { permissions: { customer: { view: 'own' }, customer_user: { view: 'organization' } }, capabilities: { export: true } };
      expect((await put(id, fine, caller)).status).toBe(200);
    });

    it('and the global level only with global access', async () => {
      const permissions = { user_role: { view: 'global', edit: 'global' }, customer: { view: 'global' } };
      const holder = await aUserRole(admin, { permissions }, { organizationId: 1 });
      const caller = await aUserCaller(product, { roleIds: [holder.id] });
      const { id } = await aUserRole(admin, {}, { organizationId: 1 });

      expect((await put(id, { permissions: { customer: { view: 'global' } }, capabilities: {} }, caller)).status).toBe(403);
      expect((await put(id, { permissions: { customer: { view: 'organization' } }, capabilities: {} }, caller)).status).toBe(200);
    });
  });
});
