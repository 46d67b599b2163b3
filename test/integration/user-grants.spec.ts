import { created } from '../factories/created.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller, aUserDraft, aUserEmail, type UserBody } from '../factories/users.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/users';

describe('Console users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  describe('give no more than they hold themselves', () => {
    const permissions = {
      user: { view: 'organization', create: 'organization', edit: 'organization' },
      customer: { view: 'organization', edit: 'own' },
    };
    let manager: Caller & { user: UserBody };
    let same: number;
    let more: number;

    beforeAll(async () => {
      same = (await aUserRole(admin, { permissions })).id;
      more = (await aUserRole(admin, { permissions: { customer: { edit: 'organization' } }, capabilities: { import: true } })).id;
      manager = await aUserCaller(product, { roleIds: [same] });
    });

    it('to others or themselves', async () => {
      const answers = [
        await manager.post(PATH, aUserDraft({ roleIds: [same, more] })),
        await manager.patch(`${PATH}/${manager.user.id}`, { roleIds: [same, more] }),
        await manager.patch(`${PATH}/${(await aUser(admin)).id}`, { roleIds: [more] }),
      ];

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        Array.from({ length: 3 }, () => [403, 'user_roles.above_own_rights']),
      );
      expect(answers[0]?.body.errors).toEqual([
        {
          ...{ pointer: '/roleIds/1', code: 'user_roles.above_own_rights' },
          detail: 'This is more than you hold yourself: customer:edit at organization, import.',
        },
      ]);
      expect((await manager.post(PATH, aUserDraft({ roleIds: [same] }))).status).toBe(201);
    });

    it('nor global access', async () => {
      const { status, body } = await manager.post(PATH, aUserDraft({ globalAccess: true }));

      expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([403, 'users.global_access_required', '/globalAccess']);
      expect((await manager.patch(`${PATH}/${manager.user.id}`, { globalAccess: true })).status).toBe(403);
    });

    it('nor a global right to somebody with global access, which they have for their own organization alone', async () => {
      const global = await aUserRole(admin, { permissions: { ...permissions, customer: { view: 'global' } } });
      const local = await aUserCaller(product, { roleIds: [global.id, same] });
      const [worldly, ordinary] = [await aUser(admin, { globalAccess: true }), await aUser(admin)];

      expect((await local.patch(`${PATH}/${worldly.id}`, { roleIds: [global.id] })).body.code).toBe('user_roles.above_own_rights');
      expect((await local.patch(`${PATH}/${ordinary.id}`, { roleIds: [global.id] })).status).toBe(200);
    });

    it('and never become somebody who may do more, by an application of his', async () => {
      const permissions = {
        user: { view: 'organization', edit: 'organization' },
        oauth_application: { view: 'organization', create: 'organization', edit: 'organization' },
      };
      const role = await aUserRole(admin, { permissions });
      const helper = await aUserCaller(product, { roleIds: [role.id] });
      const [boss, peer] = [await aUser(admin, { roleIds: [more] }), await aUser(admin, { roleIds: [role.id] })];
      const url = (id: number) => `${PATH}/${id}/oauth-applications`;
      const { id } = created(await admin.post<{ id: number }>(url(boss.id), { name: 'Of the boss' }));

      const answers = [
        await helper.post(url(boss.id), { name: 'Mine' }),
        await helper.post(`/admin/api/oauth-applications/${id}/secrets`, {}),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [403, 'user_roles.above_own_rights']));
      expect((await helper.post(url(peer.id), { name: 'Of a peer' })).status).toBe(201);
      expect((await helper.post(url(helper.user.id), { name: 'My own' })).status).toBe(201);
    });

    it('nor by his password or his email', async () => {
      const boss = await aUser(admin, { roleIds: [more] });
      const peer = await aUser(admin, { roleIds: [same] });

      const answers = [
        await manager.patch(`${PATH}/${boss.id}`, { password: 'Correct-horse-9' }),
        await manager.patch(`${PATH}/${boss.id}`, { email: aUserEmail() }),
      ];
      expect(answers.map(({ body }) => [body.code, body.errors?.[0]?.pointer])).toEqual([
        ['user_roles.above_own_rights', '/password'],
        ['user_roles.above_own_rights', '/email'],
      ]);
      expect((await manager.patch(`${PATH}/${boss.id}`, { lastName: 'Jones' })).status).toBe(200);
      expect((await manager.patch(`${PATH}/${peer.id}`, { password: 'Correct-horse-9' })).status).toBe(200);
    });

    it('while taking a role away is nobody’s privilege', async () => {
      const boss = await aUser(admin, { roleIds: [more, same] });

      expect((await manager.patch<UserBody>(`${PATH}/${boss.id}`, { roleIds: [same] })).body.roles.map(({ id }) => id)).toEqual([same]);
    });
  });
});
