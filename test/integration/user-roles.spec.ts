import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { aPredefinedRole, aUserRole, type Matrix, type UserRoleBody } from '../factories/user-roles.js';
import { aUser, aUserCaller, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/user-roles';

describe('Roles of console users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const permissionsOf = async (id: number, caller = admin) => (await caller.get<Matrix>(`${PATH}/${id}/permissions`)).body;

  it('are Administrator, Sales manager and Sales representative in a fresh installation, for every organization', async () => {
    const { items } = (await admin.get<Listed<UserRoleBody>>(PATH)).body;

    expect(items.map(({ label, organizationId, everything, userCount }) => [label, organizationId, everything, userCount])).toEqual([
      ['Administrator', null, true, 1],
      ['Sales manager', null, false, 0],
      ['Sales representative', null, false, 0],
    ]);
    const [whole, manager, representative] = await Promise.all(items.map(({ id }) => permissionsOf(id)));
    expect([whole?.permissions['customer'], whole?.permissions['user_role'], whole?.capabilities['import']]).toEqual([
      { view: 'global', create: 'global', edit: 'global', delete: 'global', assign: 'global' },
      { view: 'global', create: 'global', edit: 'global', delete: 'global' },
      true,
    ]);
    expect([manager?.permissions['customer_user']?.['edit'], manager?.permissions['user'], manager?.capabilities['import']]).toEqual([
      'organization',
      { view: 'organization', create: 'none', edit: 'none', delete: 'none', assign: 'none' },
      true,
    ]);
    expect([
      representative?.permissions['customer'],
      representative?.permissions['customer_user']?.['view'],
      representative?.permissions['customer_user_role']?.['view'],
      representative?.permissions['user_role']?.['view'],
      representative?.capabilities['import'],
    ]).toEqual([{ view: 'own', create: 'own', edit: 'own', delete: 'own', assign: 'own' }, 'own', 'organization', 'none', false]);
  });

  describe('are created', () => {
    it('with a place and an ETag, and allow nothing', async () => {
      const { status, headers, body } = await admin.post<UserRoleBody>(PATH, { label: 'Customer service' });

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({ label: 'Customer service', organizationId: null, everything: false, userCount: 0, version: 1 });
      const { permissions, capabilities } = await permissionsOf(body.id);
      expect(new Set(Object.values(permissions).flatMap((actions) => Object.values(actions)))).toEqual(new Set(['none']));
      expect(new Set(Object.values(capabilities))).toEqual(new Set([false]));
    });

    it.each([
      [{ label: '' }, '/label', 'too_short'],
      [{ label: 'x'.repeat(256) }, '/label', 'too_long'],
      [{ label: 'Fine', organizationId: 999_999 }, '/organizationId', 'organizations.unknown'],
      [{ label: 'Fine', everything: true }, '/everything', 'unknown_member'],
      [{ label: 'Fine', root: 'global' }, '/root', 'unknown_member'],
    ])('never with %j', async (draft, pointer, code) => {
      const { status, body } = await admin.post(PATH, draft);

      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer, code })]]);
    });

    it('once with one label in an organization, however many ask at once', async () => {
      const { id: organizationId } = await anOrganization(product);

      const answers = await Promise.all(Array.from({ length: 5 }, () => admin.post(PATH, { label: 'Only one', organizationId: 1 })));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('user_roles.label_taken');
      expect((await admin.post(PATH, { label: 'Only one', organizationId })).status).toBe(201);
    });
  });

  describe('are changed', () => {
    it('in their label, with the present version', async () => {
      const { id, version } = await aUserRole(admin);

      const { status, body } = await admin.patch<UserRoleBody>(`${PATH}/${id}`, { label: 'New label' }, { 'if-match': `"${version}"` });
      expect([status, body.label, body.version]).toEqual([200, 'New label', version + 1]);
      const stale = { 'if-match': `"${version}"` };
      const answers = [
        await admin.patch(`${PATH}/${id}`, { label: 'Newer label' }, stale),
        await admin.put(`${PATH}/${id}/permissions`, { permissions: {}, capabilities: {} }, stale),
        await admin.delete(`${PATH}/${id}`, stale),
      ];
      expect(answers.map((answer) => answer.status)).toEqual([412, 412, 412]);
    });

    it('with a history of who allowed what', async () => {
      const { id } = await aUserRole(admin, { permissions: { customer: { view: 'own' } } });
      await admin.delete(`${PATH}/${id}`);

      const [first, second, third] = await historyOf(product, 'user_role', id);
      expect([first?.action, second?.action, third?.action, second?.actorId]).toEqual(['created', 'changed', 'deleted', 1]);
      expect(second?.changes).toMatchObject({ permissions: { old: { customer: { view: 'none' } }, new: { customer: { view: 'own' } } } });
      expect(Object.keys(second?.changes ?? {})).toEqual(['permissions']);
    });

    it('never so that somebody leaves himself without the right to change roles', async () => {
      const permissions = { user_role: { view: 'organization', edit: 'organization' } };
      const role = await aUserRole(admin, { permissions }, { organizationId: 1 });
      const caller = await aUserCaller(product, { roleIds: [role.id] });

      const { status, body } = await caller.put(`${PATH}/${role.id}/permissions`, { permissions: {}, capabilities: {} });

      expect([status, body.code]).toEqual([409, 'user_roles.cannot_demote_self']);
      expect((await permissionsOf(role.id)).permissions['user_role']?.['edit']).toBe('organization');
    });
  });

  it('are deleted, but not while somebody has them', async () => {
    const role = await aUserRole(admin);
    const user = await aUser(admin, { roleIds: [role.id] });

    expect((await admin.get<UserRoleBody>(`${PATH}/${role.id}`)).body.userCount).toBe(1);
    expect((await admin.delete(`${PATH}/${role.id}`)).body).toMatchObject({ status: 409, code: 'user_roles.in_use' });
    await admin.patch(`/admin/api/users/${user.id}`, { roleIds: [] });
    expect((await admin.delete(`${PATH}/${role.id}`)).status).toBe(204);
    expect((await admin.get(`${PATH}/${role.id}`)).status).toBe(404);
  });

  describe('are kept apart', () => {
    const permissions = { user_role: { view: 'organization', create: 'organization', edit: 'organization', delete: 'organization' } };
    let stranger: Caller & { user: UserBody };
    let organizationId: number;

    beforeAll(async () => {
      ({ id: organizationId } = await anOrganization(product));
      const role = await aUserRole(admin, { permissions });
      stranger = await aUserCaller(product, { organizationId, roleIds: [role.id] });
    });

    it('so that those of another organization are not there on any route', async () => {
      const { id } = await aUserRole(admin, {}, { organizationId: 1 });
      const matrix = { permissions: {}, capabilities: {} };

      const answers = [
        await stranger.get(`${PATH}/${id}`),
        await stranger.get(`${PATH}/${id}/permissions`),
        await stranger.patch(`${PATH}/${id}`, { label: 'Taken over' }),
        await stranger.put(`${PATH}/${id}/permissions`, matrix),
        await stranger.delete(`${PATH}/${id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
      const { items } = (await stranger.get<Listed<UserRoleBody>>(`${PATH}?limit=200`)).body;
      expect(items.map((role) => role.id)).not.toContain(id);
      expect(new Set(items.map((role) => role.organizationId))).toEqual(new Set([null]));
    });

    it('while those for every organization are seen by all, changed with global access, and counted for the own organization', async () => {
      const { id } = await aPredefinedRole(stranger, 'Administrator');

      expect((await stranger.get<UserRoleBody>(`${PATH}/${id}`)).body.userCount).toBe(0);
      const answers = [
        await stranger.patch(`${PATH}/${id}`, { label: 'Taken over' }),
        await stranger.put(`${PATH}/${id}/permissions`, { permissions: {}, capabilities: {} }),
        await stranger.delete(`${PATH}/${id}`),
        await stranger.post(PATH, { label: 'For all', organizationId: null }),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        Array.from({ length: 4 }, () => [403, 'user_roles.global_access_required']),
      );
    });

    it('and never filtered by who of another organization has them', async () => {
      const shared = await aUserRole(admin, {}, { organizationId: null });
      const theirs = await aUser(admin, { roleIds: [shared.id] });
      const having = async (caller: Caller, userId: number) =>
        (await caller.get<Listed<UserRoleBody>>(`${PATH}?filter[userId]=${userId}`)).body.items.map(({ id }) => id);

      expect(await having(admin, theirs.id)).toEqual([shared.id]);
      expect(await having(stranger, theirs.id)).toEqual([]);
      expect(await having(stranger, stranger.user.id)).toHaveLength(1);
    });

    it('where those whom they make have their own', async () => {
      const made = await stranger.post<UserRoleBody>(PATH, { label: 'Our own' });
      expect([made.status, made.body.organizationId]).toEqual([201, organizationId]);
      expect((await stranger.post(PATH, { label: 'Theirs', organizationId: 1 })).body.errors?.[0]?.code).toBe('organizations.unknown');
      expect((await admin.get<Listed<UserRoleBody>>(`${PATH}?filter[organizationId]=${organizationId}`)).body.items).toHaveLength(1);
    });
  });
});
