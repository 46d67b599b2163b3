import { created } from '../factories/created.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { aPredefinedRole, aUserRole } from '../factories/user-roles.js';
import { aUser, aUserCaller, aUserDraft, USER_PASSWORD, type UserBody } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/users';

describe('Console users who are there', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  describe('are changed', () => {
    it('in the members that are given, and not at all where nothing differs', async () => {
      const { id, email } = await aUser(admin);

      const changed = await admin.patch<UserBody>(`${PATH}/${id}`, { lastName: 'Jones' }, { 'if-match': '"1"' });
      expect(changed.body).toMatchObject({ firstName: 'Sam', lastName: 'Jones', email, version: 2 });
      expect((await admin.patch<UserBody>(`${PATH}/${id}`, { lastName: 'Jones' })).body.version).toBe(2);
      expect((await admin.patch(`${PATH}/${id}`, { lastName: 'Smith' }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.patch(`${PATH}/${id}`, { organizationId: 1 })).body.errors?.[0]?.code).toBe('unknown_member');
    });

    it('never to the email of another one', async () => {
      const [one, other] = [await aUser(admin), await aUser(admin)];

      expect((await admin.patch(`${PATH}/${one.id}`, { email: other.email.toUpperCase() })).body.code).toBe('users.email_taken');
      expect((await admin.patch<UserBody>(`${PATH}/${one.id}`, { email: one.email.toUpperCase() })).status).toBe(200);
    });

    it.each([
      ['disabling', { enabled: false }],
      ['a new password', { password: 'Correct-horse-9' }],
      ['a new email', { email: 'moved@merchant.example' }],
    ])('so that %s ends their sessions at once', async (_act, change) => {
      const { id, email } = await aUser(admin);
      const tokens = await product.logInAdmin({ email, password: USER_PASSWORD });
      const session = product.as(tokens.accessToken);
      expect((await session.get('/admin/api/me')).status).toBe(200);

      expect((await admin.patch(`${PATH}/${id}`, { ...change })).status).toBe(200);
      await admin.patch(`${PATH}/${id}`, { enabled: true });

      expect((await session.get('/admin/api/me')).body).toMatchObject({ status: 401, code: 'auth.session_ended' });
      expect((await product.nobody.post('/admin/api/auth/refresh', { refreshToken: tokens.refreshToken })).status).toBe(401);
    });

    it('so that the applications of who is disabled are refused', async () => {
      const { id } = await aUser(admin, { roleIds: [(await aPredefinedRole(admin, 'Sales manager')).id] });
      const application = created(
        await admin.post<{ clientId: string; clientSecret: string }>(`${PATH}/${id}/oauth-applications`, { name: 'Connector' }),
      );
      const token = () =>
        product.nobody.post<{ access_token: string }>('/oauth2-token', {
          ...{ grant_type: 'client_credentials', client_id: application.clientId, client_secret: application.clientSecret },
        });
      const { body } = await token();
      const app = product.as(body.access_token);
      expect((await app.get('/admin/api/me')).status).toBe(200);

      await admin.patch(`${PATH}/${id}`, { enabled: false });

      expect([(await app.get('/admin/api/me')).status, (await token()).status]).toEqual([401, 401]);
    });

    it('with a history that says of a password only that it changed', async () => {
      const { id } = await aUser(admin);
      const role = await aUserRole(admin);
      await admin.patch(`${PATH}/${id}`, { password: 'Correct-horse-9', roleIds: [role.id], globalAccess: true });
      await admin.delete(`${PATH}/${id}`);

      const [first, second, third] = await historyOf(product, 'user', id);
      expect([first?.action, second?.action, third?.action]).toEqual(['created', 'changed', 'deleted']);
      expect(second?.changes).toEqual({
        passwordHash: { old: '(changed)', new: '(changed)' },
        roleIds: { old: [], new: [role.id] },
        globalAccess: { old: false, new: true },
      });
      expect(JSON.stringify([first, second, third])).not.toMatch(/argon2/);
    });
  });

  describe('are deleted', () => {
    it('with their sessions', async () => {
      const caller = await aUserCaller(product);

      expect((await admin.delete(`${PATH}/${caller.user.id}`)).status).toBe(204);
      expect([(await admin.get(`${PATH}/${caller.user.id}`)).status, (await caller.get('/admin/api/me')).status]).toEqual([404, 401]);
    });

    it('but not while they own customers or customer users', async () => {
      const [one, other] = [await aUser(admin), await aUser(admin)];
      await aCustomer(admin, { ownerId: one.id });
      await aCustomerUser(admin, { ownerId: other.id });

      for (const { id } of [one, other]) {
        const { status, body } = await admin.delete(`${PATH}/${id}`);
        expect([status, body.code]).toEqual([409, 'users.in_use']);
        expect((await admin.get(`${PATH}/${id}`)).status).toBe(200);
      }
    });
  });

  describe('are reached', () => {
    it('in their own organization alone: of another one they are not there', async () => {
      const { id: organizationId } = await anOrganization(product);
      const permissions = { user: { view: 'organization', edit: 'organization', delete: 'organization' } };
      const role = await aUserRole(admin, { permissions });
      const stranger = await aUserCaller(product, { organizationId, roleIds: [role.id] });
      const { id } = await aUser(admin);

      const answers = [
        await stranger.get(`${PATH}/${id}`),
        await stranger.patch(`${PATH}/${id}`, { lastName: 'X' }),
        await stranger.delete(`${PATH}/${id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect((await stranger.get<Listed<UserBody>>(PATH)).body.items.map((user) => user.id)).toEqual([stranger.user.id]);
    });

    it('as own by themselves, and by act: what one sees but may not change is refused with the permission', async () => {
      const role = await aUserRole(admin, { permissions: { user: { view: 'organization', edit: 'own', create: 'own' } } });
      const caller = await aUserCaller(product, { roleIds: [role.id] });
      const { id } = await aUser(admin);

      expect((await caller.patch(`${PATH}/${caller.user.id}`, { lastName: 'Self' })).status).toBe(200);
      expect((await caller.patch(`${PATH}/${id}`, { lastName: 'X' })).body).toMatchObject({
        status: 403,
        detail: 'This needs the permission user:edit.',
      });
      expect((await caller.delete(`${PATH}/${id}`)).body).toMatchObject({ status: 403, detail: 'This needs the permission user:delete.' });
      expect((await caller.post(PATH, aUserDraft())).body).toMatchObject({ status: 403, detail: 'This needs the permission user:create.' });
    });
  });
});
