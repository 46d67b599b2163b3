import { settings } from '../../src/organizations/index.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { attemptsOf } from '../factories/login-attempts.js';
import { aLocalization, aWebsite } from '../factories/organizations.js';
import { setSetting } from '../factories/settings.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct, type Tokens } from '../support/product.js';

const NEW = 'Brand-new-horse-1';
const BUYER = 2;
const VISITOR = 3;

interface SessionBody {
  id: number;
  current: boolean;
  ip: string;
  userAgent: string;
}

describe('The own account of a customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const aPerson = async (draft: object = {}) => {
    const { id, email } = await aCustomerUser(admin, { roleIds: [BUYER], ...draft });
    const tokens = await product.logIn(email, PASSWORD);
    return { id, email, tokens, me: product.as(tokens.accessToken) };
  };
  const faultsOf = ({ errors = [] }: Refused) => errors.map(({ pointer, code }) => `${pointer} ${code}`);

  describe('has a profile', () => {
    it('that he edits: what is left out stays, null clears', async () => {
      const { id: german } = await aLocalization(product, 1, 1);
      const { me, email } = await aPerson({ namePrefix: 'Ms.', phone: '+49301234567' });
      const change = { firstName: 'Nancy', namePrefix: null, birthday: '1985-03-09', preferredLocalizationId: german };

      const { status, headers, body } = await me.patch<CustomerUserBody>('/api/me', change);

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({
        ...{ email, firstName: 'Nancy', lastName: 'Cole', fullName: 'Nancy Cole', namePrefix: null, birthday: '1985-03-09' },
        ...{ phone: '+49301234567', preferredLocalization: { id: german }, pendingEmail: null },
      });
      expect((await me.get('/api/me')).body).toEqual(body);
      expect((await me.patch('/api/me', { firstName: 'Nina' }, { 'if-match': '"1"' })).status).toBe(412);
    });

    it('that he cannot edit without the capability', async () => {
      const { me } = await aPerson({ roleIds: [VISITOR] });

      const { status, body } = await me.patch('/api/me', { firstName: 'Nancy' });

      expect([status, body.code, body.detail]).toEqual([403, 'auth.permission_missing', 'This needs the permission update_own_profile.']);
      expect((await me.get('/api/me')).status).toBe(200);
    });

    it.each([
      ...['email', 'roles', 'roleIds', 'customerId', 'websiteId', 'ownerId', 'salesRepresentativeIds', 'enabled', 'confirmed', 'guest'],
      ...['password', 'passwordHash', 'externalId', 'id', 'organizationId', 'version', 'pendingEmail'],
    ])('in which %s is not his to change', async (member) => {
      const { me } = await aPerson();

      const { status, body } = await me.patch('/api/me', { firstName: 'Nancy', [member]: 1 });

      expect([status, faultsOf(body)]).toEqual([400, [`/${member} unknown_member`]]);
    });

    it('that is told every broken rule at once', async () => {
      const { localizationId } = await aWebsite(product);
      const { me } = await aPerson();

      const { status, body } = await me.patch('/api/me', {
        ...{ firstName: null, lastName: ' ', birthday: '2999-01-01', phone: '123', preferredLocalizationId: localizationId },
      });

      expect(status).toBe(400);
      expect(faultsOf(body).sort()).toEqual([
        '/birthday birthday',
        '/firstName not_a_string',
        '/lastName too_short',
        '/phone phone',
        '/preferredLocalizationId customer_users.localization_not_offered',
      ]);
    });
  });

  describe('has a password', () => {
    const change = <T = Refused>(me: Caller, currentPassword: string, newPassword: string) =>
      me.post<T>('/api/me/password', { currentPassword, newPassword });

    it('that he changes: every session is over, and he goes on with a new one', async () => {
      const { me, email, tokens } = await aPerson();
      const elsewhere = await product.logIn(email, PASSWORD);

      const { status, body } = await change<Tokens>(me, PASSWORD, NEW);

      expect([status, body.tokenType]).toEqual([200, 'Bearer']);
      expect((await product.as(body.accessToken).get('/api/me')).status).toBe(200);
      for (const { accessToken, refreshToken } of [tokens, elsewhere]) {
        expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
        expect((await product.nobody.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
      }
      expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(401);
      await product.logIn(email, NEW);
    });

    it('that is not changed without the present one: all that is wrong comes in one answer', async () => {
      const { me, email } = await aPerson();

      const { status, body } = await change(me, 'Wrong-horse-1', 'weak');

      expect([status, faultsOf(body)]).toEqual([
        400,
        [
          '/currentPassword passwords.current_wrong',
          '/newPassword passwords.too_short',
          '/newPassword passwords.upper_case_missing',
          '/newPassword passwords.digit_missing',
        ],
      ]);
      expect(faultsOf((await change(me, PASSWORD, 'weak')).body)).toHaveLength(3);
      expect((await attemptsOf(admin, email))[0]).toMatchObject({ success: false, reason: 'password_wrong' });
    });

    it('that cannot be guessed with a session left open', async () => {
      const { me, email } = await aPerson();
      for (let tries = 0; tries < 10; tries++) expect((await change(me, 'Wrong-horse-1', NEW)).status).toBe(400);

      const { status, headers } = await change(me, PASSWORD, NEW);

      expect([status, Number(headers.get('retry-after')) > 3_500]).toEqual([429, true]);
      expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(429);
    });

    it('that one of two changes at once changes', async () => {
      const { me } = await aPerson();

      const answers = await Promise.all([change(me, PASSWORD, NEW), change(me, PASSWORD, 'Another-horse-1')]);

      const statuses = answers.map(({ status }) => status);
      expect(statuses).toContain(200);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    });
  });

  describe('has sessions', () => {
    it('that he sees, and ends one by one', async () => {
      const { me, email, tokens } = await aPerson();
      const other = await product.logIn(email, PASSWORD);

      const { body } = await me.get<Listed<SessionBody>>('/api/me/sessions');

      expect(body.items).toEqual([
        expect.objectContaining({ current: false, ip: '127.0.0.1', userAgent: expect.any(String) as string }),
        expect.objectContaining({ current: true, createdAt: expect.any(String) as string, lastUsedAt: expect.any(String) as string }),
      ]);
      const id = body.items[0]?.id ?? 0;
      expect((await me.delete(`/api/me/sessions/${id}`)).status).toBe(204);
      expect((await product.as(other.accessToken).get('/api/me')).body.code).toBe('auth.session_ended');
      expect((await product.nobody.post('/api/auth/refresh', { refreshToken: other.refreshToken })).status).toBe(401);
      expect((await me.delete(`/api/me/sessions/${id}`)).status).toBe(404);
      expect((await product.as(tokens.accessToken).get('/api/me')).status).toBe(200);
    });

    it('that are all over when he logs out everywhere', async () => {
      const { me, email } = await aPerson();
      const other = await product.logIn(email, PASSWORD);

      expect((await me.delete('/api/me/sessions')).status).toBe(204);

      for (const caller of [me, product.as(other.accessToken)]) expect((await caller.get('/api/me')).status).toBe(401);
    });

    it('that are nobody else to see or to end: neither a customer user nor a console user of the same id', async () => {
      const [one, other] = [await aPerson(), await aPerson()];
      const ids = async (caller: Caller, base: string) =>
        (await caller.get<Listed<SessionBody>>(`${base}/me/sessions`)).body.items.map(({ id }) => id);
      const [own] = await ids(one.me, '/api');

      expect(await ids(other.me, '/api')).not.toContain(own);
      expect((await other.me.delete(`/api/me/sessions/${own}`)).status).toBe(404);
      expect((await admin.delete(`/admin/api/me/sessions/${own}`)).status).toBe(404);
      await other.me.delete('/api/me/sessions');
      expect((await one.me.get('/api/me')).status).toBe(200);
    });

    it('as console users have', async () => {
      const user = await aConsoleUser(product);
      const [here, there] = [await product.logInAdmin(user), await product.logInAdmin(user)];
      const caller = product.as(here.accessToken);
      const { items } = (await caller.get<Listed<SessionBody>>('/admin/api/me/sessions?sort=id')).body;

      expect(items.map(({ current }) => current)).toEqual([true, false]);
      expect((await caller.delete(`/admin/api/me/sessions/${items[1]?.id}`)).status).toBe(204);
      expect((await product.as(there.accessToken).get('/admin/api/me')).status).toBe(401);
      expect((await caller.delete('/admin/api/me/sessions')).status).toBe(204);
      expect((await caller.get('/admin/api/me')).status).toBe(401);
    });
  });

  it('keeps to the rules for passwords of its website', async () => {
    await setSetting(product, settings.passwordSpecialCharacters, true, 1);
    const { me } = await aPerson();

    const { body } = await me.post('/api/me/password', { currentPassword: PASSWORD, newPassword: 'NoSpecial1' });
    await setSetting(product, settings.passwordSpecialCharacters, false, 1);

    expect(faultsOf(body)).toEqual(['/newPassword passwords.special_character_missing']);
  });
});
