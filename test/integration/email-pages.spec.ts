import { settings } from '../../src/organizations/index.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aRegistrant } from '../factories/registrations.js';
import { setSetting } from '../factories/settings.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Product, startProduct } from '../support/product.js';

describe('The pages behind links to an email address', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  const open = (path: string) => product.nobody.get<string>(path);
  const submit = (page: string, fields: Record<string, string>) =>
    product.nobody.call<string>('POST', `/account/${page}`, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  const aChange = async () => {
    const { id, email } = await aCustomerUser(product.admin);
    const { accessToken } = await product.logIn(email, PASSWORD);
    const newEmail = anEmail();
    await product.as(accessToken).post('/api/me/email', { email: newEmail, currentPassword: PASSWORD });
    const agree = tokenIn(await theMail(product.mails, email, 'Do you want to change your email address?'));
    return { id, email, newEmail, agree };
  };

  it('confirm with a button: what follows links by itself uses none up', async () => {
    const { email, token } = await aRegistrant(product);
    await setSetting(product, settings.loginLink, 'https://shop.example/login', 1);

    for (let visits = 0; visits < 3; visits++) {
      const { status, body } = await open(`/account/confirm?token=${token}`);
      expect([status, body]).toEqual([200, expect.stringContaining('Confirm my address</button>')]);
    }
    const done = await submit('confirm', { token });
    await setSetting(product, settings.loginLink, null, 1);

    expect([done.status, done.body]).toEqual([200, expect.stringContaining('role="status"')]);
    expect(done.body).toContain('<a href="https://shop.example/login">');
    await product.logIn(email, PASSWORD);
    const again = await submit('confirm', { token });
    expect([again.status, again.body]).toEqual([400, expect.stringContaining('role="alert"')]);
    expect(again.body).toContain('<title>Error: This link does not work</title>');
    expect(again.body).toContain('href="/account/resend-confirmation"');
  });

  it('change an address in two steps, each of which says what it does', async () => {
    const { email, newEmail, agree } = await aChange();

    expect((await open(`/account/change-email?token=${agree}`)).body).toContain(`<strong>${newEmail}</strong>`);
    const agreed = await submit('change-email', { token: agree });
    expect([agreed.status, agreed.body]).toEqual([200, expect.stringContaining('One more step')]);
    const prove = tokenIn(await theMail(product.mails, newEmail, 'Please confirm your new email address'));
    expect((await open(`/account/change-email?token=${prove}`)).body).toContain('Confirm my new address</button>');
    const changed = await submit('change-email', { token: prove });

    expect([changed.status, changed.body]).toEqual([200, expect.stringContaining('Your email address has changed')]);
    await product.logIn(newEmail, PASSWORD);
    expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(401);
    expect((await open(`/account/change-email?token=${prove}`)).status).toBe(400);
  });

  it('say that somebody else has the new address', async () => {
    const { id, newEmail, agree } = await aChange();
    await aCustomerUser(product.admin, { email: newEmail });

    const { status, body } = await submit('change-email', { token: agree });

    expect([status, body]).toEqual([409, expect.stringContaining('exists already')]);
    expect((await product.admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.email).not.toBe(newEmail);
  });

  it.each(['confirm', 'change-email'])('of %s take nothing that is made up, and show none of it', async (page) => {
    for (const token of ['', 'abc', '"><script>', 'x'.repeat(5_000), '\u0000'])
      for (const { status, body } of [
        await open(`/account/${page}?token=${encodeURIComponent(token)}`),
        await submit(page, { token }),
        await submit(page, {}),
      ]) {
        expect([status, body.includes('<script')]).toEqual([400, false]);
        expect(body).toContain('role="alert"');
      }
  });

  it.each<[string, string, (email: string) => Promise<string>]>([
    ['forgot-password', 'Your new password for Default', async (email) => (await aCustomerUser(product.admin, { email })).email],
    [
      'resend-confirmation',
      'Please confirm your email address',
      async (email) => (await aCustomerUser(product.admin, { email, confirmed: false })).email,
    ],
  ])('ask for another mail on %s, with one answer for every address', async (page, subject, make) => {
    const email = await make(anEmail());
    expect((await open(`/account/${page}`)).body).toContain('<label for="email">Email address</label>');

    const [known, unknown] = [await submit(page, { email }), await submit(page, { email: anEmail() })];
    const wrong = await submit(page, { email: '"><script>' });

    expect([known.status, known.body]).toEqual([200, unknown.body]);
    expect(tokenIn(await theMail(product.mails, email, subject))).toHaveLength(43);
    expect([wrong.status, wrong.body]).toEqual([400, expect.stringContaining('aria-invalid="true" aria-describedby="faults" autofocus')]);
    expect(wrong.body).not.toContain('<script');
  });
});
