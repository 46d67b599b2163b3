import { settings } from '../../src/organizations/index.js';
import { Organization } from '../../src/organizations/organization.entity.js';
import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { attemptsOf } from '../factories/login-attempts.js';
import { anOrganization, aWebsite } from '../factories/organizations.js';
import { setSetting } from '../factories/settings.js';
import type { Listed } from '../support/client.js';
import { ADMIN, type Caller, type Product, type Refused, startProduct, type Tokens } from '../support/product.js';

const WRONG = 'Wrong-horse-1';

describe('A login', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const refusedLogIn = async (email: string, password: string, base: '/api' | '/admin/api' = '/api') => {
    const { status, headers, body } = await product.tryLogIn<Refused>(base, email, password);
    const { traceId: _traceId, ...same } = body;
    return { status, body: same, retryAfter: headers.get('retry-after') };
  };
  const reasons = async (username: string) => (await attemptsOf(admin, username)).map(({ reason }) => reason);

  it('leaves no session of the old password when it is changed in the middle of it', async () => {
    for (let tries = 0; tries < 5; tries++) {
      const { id, email } = await aCustomerUser(admin, { roleIds: [2] });

      const [login, change] = await Promise.all([
        product.tryLogIn('/api', email, PASSWORD),
        admin.patch(`/admin/api/customer-users/${id}`, { password: 'Changed-horse-9' }),
      ]);

      expect(change.status).toBe(200);
      const after = login.status === 200 ? (await product.as(login.body.accessToken).get('/api/me')).status : login.status;
      expect(after).toBe(401);
    }
  });

  it('answers who is deleted in the middle of it as one who was never there', async () => {
    for (let tries = 0; tries < 5; tries++) {
      const { id, email } = await aCustomerUser(admin, { roleIds: [2] });

      const [login, deletion] = await Promise.all([
        product.tryLogIn('/api', email, PASSWORD),
        admin.delete(`/admin/api/customer-users/${id}`),
      ]);

      expect(deletion.status).toBe(204);
      expect([200, 401]).toContain(login.status);
    }
  });

  it('lets a customer user in, says where he is sent, and is counted and logged', async () => {
    const website = await aWebsite(product, 1, { url: 'https://shop.example/acme' });
    const { id, email } = await aCustomerUser(admin, { websiteId: website.id, roleIds: [2] });

    const { status, headers, body } = await product.tryLogIn<Tokens>('/api', ` ${email.toUpperCase()} `, PASSWORD);

    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900, redirectUrl: 'https://shop.example/acme' });
    const after = (await admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body;
    expect([after.loginCount, after.version, after.lastLoginAt]).toEqual([1, 1, expect.stringMatching(/^\d{4}-.*Z$/)]);
    expect(await attemptsOf(admin, email)).toEqual([
      expect.objectContaining({
        ...{ success: true, reason: null, source: 'password', side: 'storefront', username: email.toUpperCase() },
        ...{ customerUserId: id, user: 'Amanda Cole', ip: '127.0.0.1', userAgent: expect.any(String) as string },
      }),
    ]);
  });

  it('lets a console user in, and says who he is', async () => {
    const { email, password, id } = await aConsoleUser(product);

    const { accessToken } = await product.logInAdmin({ email: email.toUpperCase(), password });

    const me = await product.as(accessToken).get<{ id: number; loginCount: number; permissions: object }>('/admin/api/me');
    expect(me.body).toMatchObject({ id, loginCount: 1, permissions: { customer_user: { view: 'global' } } });
    expect((await attemptsOf(admin, email))[0]).toMatchObject({ success: true, side: 'backend', userId: id });
  });

  describe('is refused with one and the same answer, each with its reason in the log,', () => {
    let usual: object;

    beforeAll(async () => {
      usual = await refusedLogIn('nobody@example.com', WRONG);
    });

    it('for an email address that nobody has: unknown', async () => {
      expect(usual).toMatchObject({ status: 401, body: { code: 'auth.credentials_wrong' } });
      expect(await reasons('nobody@example.com')).toEqual(['unknown']);
    });

    const set = (id: number, values: Partial<CustomerUser>) => product.work.repository(CustomerUser).update({ id }, values);

    it.each<[string, string, (id: number) => Promise<unknown>, string?]>([
      ['for a wrong password', 'password_wrong', () => Promise.resolve(), WRONG],
      ['while he is disabled', 'disabled', (id) => set(id, { enabled: false })],
      ['while he is not confirmed', 'unconfirmed', (id) => set(id, { confirmed: false })],
      ['while his password is reset', 'password_reset', (id) => set(id, { passwordStatus: 'reset' })],
      ['while he has no password', 'password_unset', (id) => set(id, { passwordHash: null, passwordStatus: 'unset' })],
      ['for a guest', 'guest', (id) => set(id, { guest: true, uniqueEmail: null })],
    ])('%s: %s', async (_case, reason, arrange, password = PASSWORD) => {
      const { id, email } = await aCustomerUser(admin);
      await arrange(id);

      expect(await refusedLogIn(email, password)).toEqual(usual);
      expect((await attemptsOf(admin, email))[0]).toMatchObject({ success: false, reason, customerUserId: id, user: 'Amanda Cole' });
    });

    it('while his organization is disabled: organization_disabled', async () => {
      const { id } = await anOrganization(product);
      const local = await aConsoleUser(product, { organizationId: id });
      const caller = await aConsoleCaller(product, { organizationId: id });
      const { email } = await aCustomerUser(caller);
      const { accessToken } = await product.logIn(email, PASSWORD);
      await product.work.repository(Organization).update({ id }, { enabled: false });

      expect(await refusedLogIn(email, PASSWORD)).toEqual(usual);
      expect((await refusedLogIn(local.email, local.password, '/admin/api')).body.code).toBe('auth.credentials_wrong');
      expect([await reasons(email), await reasons(local.email)]).toEqual([['organization_disabled', null], ['organization_disabled']]);
      expect((await product.as(accessToken).get('/api/me')).body.code).toBe('auth.account_blocked');
      expect((await caller.get('/admin/api/me')).body.code).toBe('auth.account_blocked');
    });

    it('for a customer user on the admin side and a console user on the storefront', async () => {
      const { email } = await aCustomerUser(admin);

      expect((await refusedLogIn(email, PASSWORD, '/admin/api')).status).toBe(401);
      expect(await refusedLogIn(ADMIN.email, ADMIN.password)).toEqual(usual);
    });

    it('for a console user who is disabled', async () => {
      const { email, password } = await aConsoleUser(product, { enabled: false });

      expect((await refusedLogIn(email, password, '/admin/api')).body.code).toBe('auth.credentials_wrong');
      expect(await reasons(email)).toEqual(['disabled']);
    });
  });

  it('is refused as a guest only where nobody else has the email address', async () => {
    const { email } = await aCustomerUser(admin, { guest: true });
    await aCustomerUser(admin, { email });

    expect((await product.logIn(email, PASSWORD)).tokenType).toBe('Bearer');
  });

  it('looks at the case of an email address where the organization does', async () => {
    const { id: organizationId } = await anOrganization(product);
    await setSetting(product, settings.caseInsensitiveEmail, false, organizationId);
    const caller = await aConsoleCaller(product, { organizationId });
    const [lower, upper] = ['case@strict.example', 'CASE@strict.example'];
    const one = await aCustomerUser(caller, { email: upper, password: 'Upper-case-horse-1' });
    const other = await aCustomerUser(caller, { email: lower });

    expect((await refusedLogIn('Case@strict.example', PASSWORD)).status).toBe(401);
    for (const [{ id }, email, password] of [
      [one, upper, 'Upper-case-horse-1'],
      [other, lower, PASSWORD],
    ] as const) {
      const { accessToken } = await product.logIn(email, password);
      expect((await product.as(accessToken).get<CustomerUserBody>('/api/me')).body.id).toBe(id);
    }
  });

  it.each([
    [{ email: 'a@b.example' }, '/password', 'required'],
    [{ password: 'x' }, '/email', 'required'],
    [{ email: 5, password: 'x' }, '/email', 'not_a_string'],
    [{ email: 'a\u0000@b.example', password: 'x' }, '/email', 'malformed'],
    [{ email: 'x'.repeat(256), password: 'x' }, '/email', 'too_long'],
    [{ email: 'a@b.example', password: 'x'.repeat(1001) }, '/password', 'too_long'],
    [{ email: 'a@b.example', password: 'x', admin: true }, '/admin', 'unknown_member'],
  ])('is refused with %j', async (body, pointer, code) => {
    for (const base of ['/api', '/admin/api']) {
      const answer = await product.nobody.post(`${base}/auth/login`, body);
      expect([answer.status, answer.body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
    }
  });

  describe('after ten failures within an hour', () => {
    const fail = async (email: string, times: number) => {
      for (let n = 0; n < times; n++) await product.tryLogIn('/api', email, WRONG);
    };

    it.each([
      ['an email address that exists', async () => (await aCustomerUser(admin)).email],
      ['one that does not exist', () => Promise.resolve(anEmail())],
    ])('is refused for %s with the same answer, also with the right password', async (_which, addressOf) => {
      const email = await addressOf();
      await fail(email, 9);
      expect((await refusedLogIn(email, WRONG)).status).toBe(401);

      const { status, body, retryAfter } = await refusedLogIn(email, PASSWORD);

      expect([status, body.code]).toEqual([429, 'auth.locked_out']);
      expect(Number(retryAfter)).toBeGreaterThan(3_500);
      expect(Number(retryAfter)).toBeLessThanOrEqual(3_600);
      expect((await reasons(email))[0]).toBe('locked_out');
    });

    it('is refused in whatever case and between whatever blanks the email address is written', async () => {
      const { email } = await aCustomerUser(admin);
      for (const written of [email, email.toUpperCase(), ` ${email}`, `${email}\u00a0`, `\t${email} `]) await fail(written, 2);

      expect((await refusedLogIn(email, PASSWORD)).status).toBe(429);
    });

    it('still lets others in, and the same email address on the other side', async () => {
      const { email } = await aCustomerUser(admin, { email: (await aConsoleUser(product)).email });
      const other = await aCustomerUser(admin);
      await fail(email, 10);

      expect((await product.tryLogIn('/api', other.email, PASSWORD)).status).toBe(200);
      expect((await product.tryLogIn('/admin/api', email, 'Correct-horse-3')).status).toBe(200);
    });

    it('goes on being refused however often it is tried, and lets in when the time is over', async () => {
      const { email } = await aCustomerUser(admin);
      await fail(email, 10);
      await fail(email, 230);

      expect((await refusedLogIn(email, PASSWORD)).status).toBe(429);
      product.forward(61 * MINUTE);
      expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(200);
    }, 60_000);

    it('is refused as well to most of sixty who try at once', async () => {
      const { email } = await aCustomerUser(admin);

      const answers = await Promise.all(Array.from({ length: 60 }, () => product.tryLogIn('/api', email, WRONG)));

      const guesses = answers.filter(({ status }) => status === 401);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(60 - guesses.length);
      expect(guesses.length).toBeLessThan(25);
    }, 60_000);

    it('does not count failures before a success, nor those of an earlier hour', async () => {
      const { email } = await aCustomerUser(admin);
      await fail(email, 9);
      await product.logIn(email, PASSWORD);
      await fail(email, 9);
      product.forward(62 * MINUTE);
      await fail(email, 9);

      expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(200);
    });

    it('keeps to the numbers of the settings', async () => {
      await setSetting(product, settings.lockoutAttempts, 2);
      await setSetting(product, settings.lockoutDuration, 1);
      const email = anEmail();
      await fail(email, 2);

      const { status, retryAfter } = await refusedLogIn(email, WRONG);
      await setSetting(product, settings.lockoutAttempts, 10);
      await setSetting(product, settings.lockoutDuration, 60);

      expect(status).toBe(429);
      expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    });
  });

  it('is seen in the log by admins of the organization of whom it was tried with, and by nobody of another one', async () => {
    const { id: organizationId } = await anOrganization(product);
    const [local, stranger] = [await aConsoleCaller(product), await aConsoleCaller(product, { organizationId })];
    const { email } = await aCustomerUser(admin);
    await product.tryLogIn('/api', email, WRONG);

    expect(await attemptsOf(local, email)).toHaveLength(1);
    expect(await attemptsOf(stranger, email)).toHaveLength(0);
    const path = '/admin/api/login-attempts?filter[success]=false&filter[reason]=password_wrong&filter[source]=password&sort=-at&limit=1';
    expect((await local.get<Listed<{ username: string }>>(path)).body.items[0]?.username).toBe(email);
  });
});
