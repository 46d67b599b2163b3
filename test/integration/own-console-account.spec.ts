import { aUser, aUserCaller, USER_PASSWORD, type UserBody } from '../factories/users.js';
import { ADMIN, type Caller, type Product, startProduct, type Tokens } from '../support/product.js';

const PATH = '/admin/api/users';

describe('Console users themselves', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  describe('change themselves', () => {
    it('their names, without any permission', async () => {
      const caller = await aUserCaller(product);

      const { status, body } = await caller.patch<UserBody>('/admin/api/me', { firstName: 'Alex' });
      expect([status, body.fullName, body.version]).toEqual([200, 'Alex Miller', 2]);
      expect((await caller.patch('/admin/api/me', { globalAccess: true })).body.errors?.[0]?.code).toBe('unknown_member');
    });

    it('their password, with the current one, which ends every session but the new one', async () => {
      const caller = await aUserCaller(product);
      const { email } = caller.user;
      const wrong = await caller.post('/admin/api/me/password', { currentPassword: 'Wrong-horse-1', newPassword: 'short' });
      expect(wrong.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
        ...['/currentPassword passwords.current_wrong', '/newPassword passwords.too_short'],
        ...['/newPassword passwords.upper_case_missing', '/newPassword passwords.digit_missing'],
      ]);

      const changed = await caller.post<Tokens>('/admin/api/me/password', {
        currentPassword: USER_PASSWORD,
        newPassword: 'Correct-horse-8',
      });

      expect(changed.status).toBe(200);
      expect((await caller.get('/admin/api/me')).status).toBe(401);
      expect((await product.as(changed.body.accessToken).get('/admin/api/me')).status).toBe(200);
      expect((await product.tryLogIn('/admin/api', email, USER_PASSWORD)).status).toBe(401);
      expect((await product.tryLogIn('/admin/api', email, 'Correct-horse-8')).status).toBe(200);
    });
  });

  it('are let in no more by a login that a new password overtook', async () => {
    const { id, email } = await aUser(admin);
    const [login, change] = await Promise.all([
      product.tryLogIn<Tokens>('/admin/api', email, USER_PASSWORD),
      admin.patch(`${PATH}/${id}`, { password: 'Correct-horse-9' }),
    ]);

    expect(change.status).toBe(200);
    if (login.status === 200) expect((await product.as(login.body.accessToken).get('/admin/api/me')).status).toBe(401);
    expect((await product.tryLogIn('/admin/api', ADMIN.email, ADMIN.password)).status).toBe(200);
  });
});
