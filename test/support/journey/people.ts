import type { Listed } from '../client.js';
import { eventually } from '../jobs/eventually.js';
import type { Journey } from './journey.js';
import { theMail } from '../mails.js';

export const EMAIL = 'amanda.cole@acme.example';
const PASSWORD = 'Amanda-chose-this-1';

/** From the login of the admin to the profile of a new customer user. */
export function itManagesPeople(journey: () => Journey): void {
  let token: string;

  it('lets the admin in', async () => {
    const { anybody, credentials } = journey();

    const { status, body } = await anybody.post<{ accessToken: string }>('/admin/api/auth/login', credentials);

    expect([status, body]).toEqual([
      200,
      { accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900, refreshToken: expect.any(String) },
    ]);
    journey().admin = anybody.as(body.accessToken);
  });

  it('refuses a wrong password, and whoever shows no token', async () => {
    const { anybody, credentials } = journey();
    const wrong = await anybody.post('/admin/api/auth/login', { ...credentials, password: 'Wrong-password-1' });
    expect([wrong.status, wrong.body]).toEqual([401, expect.objectContaining({ code: 'auth.credentials_wrong' })]);

    const unknown = await anybody.get('/admin/api/customers');
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="customer-identity"']);
  });

  it('creates a customer', async () => {
    const { status, headers, body } = await journey().admin.post<{ id: number }>('/admin/api/customers', { name: 'Acme Industrial' });

    expect([status, body]).toEqual([201, expect.objectContaining({ id: expect.any(Number), name: 'Acme Industrial', version: 1 })]);
    expect([headers.get('location'), headers.get('etag')]).toEqual([`/admin/api/customers/${body.id}`, '"1"']);
    journey().customerId = body.id;
  });

  it('has the three predefined roles', async () => {
    const { body } = await journey().admin.get<Listed<{ id: number; label: string }>>('/admin/api/customer-user-roles?sort=label');

    expect(body.items.map(({ label }) => label)).toEqual(['Administrator', 'Buyer', 'Non-authenticated visitors']);
    journey().buyerRoleId = body.items.find(({ label }) => label === 'Buyer')?.id ?? 0;
  });

  it('creates a customer user who has to set her password', async () => {
    const { admin, customerId, buyerRoleId, anybody } = journey();

    const { status, headers, body } = await admin.post<{ id: number; website: object }>('/admin/api/customer-users', {
      email: EMAIL,
      firstName: 'Amanda',
      lastName: 'Cole',
      customerId,
      roleIds: [buyerRoleId],
      generatePassword: true,
      sendWelcomeEmail: true,
    });

    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/admin/api/customer-users/${body.id}`);
    expect(body).toMatchObject({
      email: EMAIL,
      fullName: 'Amanda Cole',
      enabled: true,
      passwordStatus: 'unset',
      customer: { id: customerId, name: 'Acme Industrial' },
      roles: [{ id: buyerRoleId, code: 'ROLE_FRONTEND_BUYER', label: 'Buyer' }],
      website: { name: 'Default' },
      loginCount: 0,
    });
    expect(body).not.toHaveProperty('password');
    const early = await anybody.post('/api/auth/login', { email: EMAIL, password: PASSWORD });
    expect([early.status, early.body]).toEqual([401, expect.objectContaining({ code: 'auth.credentials_wrong' })]);
    journey().amandaId = body.id;
  });

  it('mails her a link, which the delivery log does not show', async () => {
    const { mails, admin, anybody, amandaId } = journey();

    const { text } = await theMail(mails, EMAIL, 'Your account at Default is ready');

    const [link = ''] = /http\S+/.exec(text) ?? [];
    expect(link).toMatch(new RegExp(`^${anybody.url}/account/set-password\\?token=.{40,}$`));
    token = new URL(link).searchParams.get('token') ?? '';
    const log = await admin.get<Listed<{ id: number }>>(`/admin/api/emails?filter[customerUserId]=${amandaId}`);
    expect(log.body.items).toEqual([expect.objectContaining({ template: 'customer_user_welcome_email_registered_by_admin' })]);
    const inLog = () => admin.get<{ status: string }>(`/admin/api/emails/${log.body.items[0]?.id}`);
    await eventually(async () => (await inLog()).body.status === 'sent', 'the log says that it was sent');
    const shown = await inLog();
    expect(shown.body).toMatchObject({ attempts: 1, text: expect.stringContaining('/account/set-password?token=...') });
    expect(JSON.stringify(shown.body)).not.toContain(token);
  });

  it('sets her password through the link, once', async () => {
    const { anybody } = journey();
    const weak = await anybody.post<{ errors: { code: string }[] }>('/api/password/reset', { token, password: 'short' });
    expect([weak.status, weak.body.errors.map(({ code }) => code)]).toEqual([
      400,
      ['passwords.too_short', 'passwords.upper_case_missing', 'passwords.digit_missing'],
    ]);

    expect((await anybody.post('/api/password/reset', { token, password: PASSWORD })).status).toBe(204);

    const again = await anybody.post('/api/password/reset', { token, password: PASSWORD });
    expect([again.status, again.body]).toEqual([400, expect.objectContaining({ code: 'links.unusable' })]);
  });

  it('lets her in at the storefront, and says where to go', async () => {
    const { anybody } = journey();

    const { status, body } = await anybody.post<{ accessToken: string }>('/api/auth/login', { email: EMAIL, password: PASSWORD });

    expect([status, body]).toEqual([200, expect.objectContaining({ tokenType: 'Bearer', redirectUrl: anybody.url })]);
    journey().amanda = anybody.as(body.accessToken);
  });

  it('shows her who she is, and nothing of the admin side', async () => {
    const { amanda, amandaId, customerId } = journey();

    const { status, body } = await amanda.get('/api/me');

    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ id: amandaId, email: EMAIL, customer: { id: customerId, name: 'Acme Industrial' } }),
    ]);
    const refused = await amanda.get('/admin/api/customer-users');
    expect([refused.status, refused.body]).toEqual([401, expect.objectContaining({ code: 'auth.wrong_audience' })]);
  });
}
