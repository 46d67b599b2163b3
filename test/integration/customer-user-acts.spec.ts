import { settings } from '../../src/organizations/index.js';
import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { setSetting } from '../factories/settings.js';
import { historyOf } from '../factories/history.js';
import { attemptsOf } from '../factories/login-attempts.js';
import { type ReadMail, theMail } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const NEW = 'Brand-new-horse-1';
const [CONFIRM, WELCOME, INVITED, RESET] = [
  'Please confirm your email address',
  'Welcome to Default',
  'Your account at Default is ready',
  'Please set a new password for Default',
];

describe('A customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const act = (id: number, name: string, headers?: Record<string, string>) =>
    admin.post<CustomerUserBody & Refused>(`${PATH}/${id}/${name}`, undefined, headers);
  const mailsTo = async ({ email }: CustomerUserBody) => (await product.mails()).filter(({ to }) => to === email);
  const subjectsTo = async (person: CustomerUserBody) => (await mailsTo(person)).map(({ subject }) => subject);
  const tokenIn = ({ text }: ReadMail) => /token=([\w-]+)/.exec(text)?.[1] ?? '';
  const setPassword = (token: string) => product.nobody.post('/api/password/reset', { token, password: NEW });

  describe('is confirmed by an admin', () => {
    it('and welcomed, with the way to log in', async () => {
      const person = await aCustomerUser(admin, { confirmed: false });
      expect((await product.tryLogIn('/api', person.email, PASSWORD)).status).toBe(401);

      const { status, headers, body } = await act(person.id, 'confirm');

      expect([status, headers.get('etag'), body.confirmed]).toEqual([200, '"2"', true]);
      expect((await theMail(product.mails, person.email, WELCOME)).text).toContain('Your email address is confirmed');
      await product.logIn(person.email, PASSWORD);
      expect((await historyOf(product, 'customer_user', person.id)).at(-1)).toMatchObject({
        actorId: 1,
        changes: { confirmed: { old: false, new: true } },
      });
    });

    it('and welcomed with a link to set the password that he does not have', async () => {
      const person = await aCustomerUser(admin, { confirmed: false, password: undefined, generatePassword: true });

      await act(person.id, 'confirm');

      expect((await setPassword(tokenIn(await theMail(product.mails, person.email, INVITED)))).status).toBe(204);
      await product.logIn(person.email, NEW);
    });

    it('after which the welcome of his creation is due, and not before', async () => {
      const person = await aCustomerUser(admin, { confirmed: false, sendWelcomeEmail: true });
      await theMail(product.mails, person.email, CONFIRM);

      await act(person.id, 'confirm');

      await theMail(product.mails, person.email, WELCOME);
      expect((await subjectsTo(person)).sort()).toEqual([CONFIRM, WELCOME]);
    });

    it('once, and no guest is', async () => {
      const people = [await aCustomerUser(admin), await aCustomerUser(admin, { guest: true, confirmed: false, password: undefined })];

      const answers = await Promise.all(people.map(({ id }) => act(id, 'confirm')));

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        [409, 'customer_users.already_confirmed'],
        [409, 'customer_users.guest'],
      ]);
    });

    it('without a mail while he is disabled', async () => {
      const person = await aCustomerUser(admin, { confirmed: false, enabled: false });

      expect((await act(person.id, 'confirm')).body.confirmed).toBe(true);

      const log = await admin.get<{ items: unknown[] }>(`/admin/api/emails?filter[customerUserId]=${person.id}`);
      expect(log.body.items).toEqual([]);
    });

    it('once of ten times at once', async () => {
      const { id } = await aCustomerUser(admin, { confirmed: false });

      const answers = await Promise.all(Array.from({ length: 10 }, () => act(id, 'confirm')));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    });
  });

  describe('gets another mail to confirm his address', () => {
    it('while he is not confirmed', async () => {
      const person = await aCustomerUser(admin, { confirmed: false });

      const { status, body } = await act(person.id, 'resend-confirmation');

      expect([status, body.version]).toEqual([200, 1]);
      expect(tokenIn(await theMail(product.mails, person.email, CONFIRM))).toHaveLength(43);
    });

    it('and none when he is confirmed, or a guest', async () => {
      const people = [await aCustomerUser(admin), await aCustomerUser(admin, { guest: true, confirmed: false, password: undefined })];

      const answers = await Promise.all(people.map(({ id }) => act(id, 'resend-confirmation')));

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        [409, 'customer_users.already_confirmed'],
        [409, 'customer_users.guest'],
      ]);
    });
  });

  describe('whose password is reset by an admin', () => {
    it('is out at once, and in again with the password that he sets by the mailed link', async () => {
      const person = await aCustomerUser(admin);
      const { accessToken, refreshToken } = await product.logIn(person.email, PASSWORD);

      const { status, body } = await act(person.id, 'reset-password');

      expect([status, body.passwordStatus, body.version]).toEqual([200, 'reset', 2]);
      expect((await product.as(accessToken).get('/api/me')).status).toBe(401);
      expect((await product.nobody.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
      expect((await product.tryLogIn('/api', person.email, PASSWORD)).status).toBe(401);
      expect((await attemptsOf(admin, person.email))[0]).toMatchObject({ success: false, reason: 'password_reset' });
      expect((await setPassword(tokenIn(await theMail(product.mails, person.email, RESET)))).status).toBe(204);
      await product.logIn(person.email, NEW);
      expect((await admin.get<CustomerUserBody>(`${PATH}/${person.id}`)).body.passwordStatus).toBe('active');
    });

    it('gets the newest of two links', async () => {
      const person = await aCustomerUser(admin);
      await act(person.id, 'reset-password');
      const first = tokenIn(await theMail(product.mails, person.email, RESET));

      expect((await act(person.id, 'reset-password')).status).toBe(200);

      expect((await setPassword(first)).body.code).toBe('links.unusable');
    });

    it('is in again with a password that the admin sets', async () => {
      const person = await aCustomerUser(admin);
      await act(person.id, 'reset-password');

      const { body } = await admin.patch<CustomerUserBody>(`${PATH}/${person.id}`, { password: NEW });

      expect(body.passwordStatus).toBe('active');
      await product.logIn(person.email, NEW);
    });

    it('is not where single sign-on alone lets people in', async () => {
      const person = await aCustomerUser(admin);
      await setSetting(product, settings.passwordLogin, false, 1);

      const { status, body } = await act(person.id, 'reset-password');
      await setSetting(product, settings.passwordLogin, true, 1);

      expect([status, body.code]).toEqual([403, 'accounts.password_login_off']);
    });

    it('is neither disabled nor a guest', async () => {
      const people = [await aCustomerUser(admin, { enabled: false }), await aCustomerUser(admin, { guest: true, password: undefined })];

      const answers = await Promise.all(people.map(({ id }) => act(id, 'reset-password')));

      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        [409, 'customer_users.disabled'],
        [409, 'customer_users.guest'],
      ]);
      const kept = await Promise.all(people.map(({ id }) => admin.get<CustomerUserBody>(`${PATH}/${id}`)));
      expect(kept.map(({ body }) => [body.passwordStatus, body.version])).toEqual([
        ['active', 1],
        ['unset', 1],
      ]);
    });
  });
});
