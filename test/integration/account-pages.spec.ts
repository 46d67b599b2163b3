import { type Product, startProduct } from '../support/product.js';
import { theMail } from '../support/mails.js';

describe('The page behind the link to set a password', () => {
  let product: Product;
  let links = 0;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  /** A new customer user's link, as his mail has it. */
  async function aLink(): Promise<{ email: string; token: string; path: string }> {
    const email = `paula.${++links}@acme.example`;
    const draft = { email, firstName: 'Paula', lastName: 'Page', generatePassword: true, sendWelcomeEmail: true };
    expect((await product.admin.post('/admin/api/customer-users', draft)).status).toBe(201);
    const { text } = await theMail(product.mails, email, 'Your account at Default is ready');
    const link = new URL(/https?:\S+set-password\?token=\S+/.exec(text)?.[0] ?? '');
    return { email, token: link.searchParams.get('token') ?? '', path: `${link.pathname}${link.search}` };
  }

  const submit = (fields: Record<string, string>) =>
    product.nobody.call<string>('POST', '/account/set-password', new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });

  it('shows a form that needs no script, under a policy that allows none from elsewhere', async () => {
    const { path, token } = await aLink();

    const { status, headers, body } = await product.nobody.get<string>(path);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toContain(`<input type="hidden" name="token" value="${token}">`);
    expect(body).not.toContain('<script');
  });

  it('sets the password, with which he can log in, and then the link is used up', async () => {
    const { email, token, path } = await aLink();

    const done = await submit({ token, password: 'Summer-rain-7', repeated: 'Summer-rain-7' });

    expect(done).toMatchObject({ status: 200, body: expect.stringContaining('Your password is set') as string });
    expect((await product.tryLogIn('/api', email, 'Summer-rain-7')).status).toBe(200);
    expect(await product.nobody.get<string>(path)).toMatchObject({
      status: 400,
      body: expect.stringContaining('This link does not work') as string,
    });
    expect((await submit({ token, password: 'Winter-snow-8', repeated: 'Winter-snow-8' })).body).toContain('This link does not work');
  });

  it('names every broken rule and keeps the link good', async () => {
    const { email, token } = await aLink();

    const refused = await submit({ token, password: 'abc', repeated: 'abc' });

    expect(refused.status).toBe(400);
    expect(refused.body).toContain('<li>The password needs at least 8 characters.</li>');
    expect(refused.body).toContain('<li>The password needs a digit.</li>');
    expect(refused.body).toContain('aria-invalid="true" autofocus aria-describedby="faults needs"');
    expect((await submit({ token, password: 'Summer-rain-7', repeated: 'Summer-rain-8' })).body).toContain('The two passwords differ.');
    expect((await submit({ token, password: 'Summer-rain-7', repeated: 'Summer-rain-7' })).status).toBe(200);
    expect((await product.tryLogIn('/api', email, 'Summer-rain-7')).status).toBe(200);
  });

  it.each([
    ['no token', '/account/set-password'],
    ['a token of its own', '/account/set-password?token=abc'],
    ['two tokens', '/account/set-password?token=a&token=b'],
    ['markup for a token', '/account/set-password?token=%22%3E%3Cscript%3E'],
  ])('says that the link does not work when it has %s', async (_, path) => {
    const { status, body } = await product.nobody.get<string>(path);

    expect(status).toBe(400);
    expect(body).toContain('This link does not work');
    expect(body).not.toContain('<script>');
  });

  it('shows no markup of a form that was made up', async () => {
    const { status, body } = await submit({ token: '"><script>', password: 'a', repeated: 'b' });

    expect(status).toBe(400);
    expect(body).not.toContain('<script>');
  });
});
