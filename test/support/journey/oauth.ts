import type { Answer, Client } from '../client.js';
import type { Journey } from './journey.js';
import { theMail } from '../mails.js';
import { EMAIL } from './people.js';

interface ApplicationBody {
  id: number;
  clientId: string;
  clientSecret: string;
}

/** An application that acts for the customer user, from its creation to its end. */
export function itLetsApplicationsAct(journey: () => Journey): void {
  let application: ApplicationBody;
  let connector: Client;
  const ask = (): Promise<Answer<{ access_token: string }>> =>
    journey().anybody.post(
      '/oauth2-token',
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: application.clientId,
        client_secret: application.clientSecret,
        scope: 'customer_user:view',
      }),
    );

  it('creates an application, and shows its secret once', async () => {
    const { admin, amandaId } = journey();

    const { status, headers, body } = await admin.post<ApplicationBody>(`/admin/api/customer-users/${amandaId}/oauth-applications`, {
      name: 'ERP connector',
    });

    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        name: 'ERP connector',
        active: true,
        warning: null,
        clientId: expect.stringMatching(/^.{1,32}$/),
        clientSecret: expect.stringMatching(/^.{40,}$/),
        owner: { type: 'customer-user', id: amandaId, fullName: 'Amanda Cole-Reyes' },
      }),
    ]);
    const path = `/admin/api/oauth-applications/${body.id}`;
    expect(headers.get('location')).toBe(path);
    const later = await admin.get(path);
    expect(later.body).toMatchObject({ clientId: body.clientId, secrets: [{ hint: body.clientSecret.slice(-4), lastUsedAt: null }] });
    expect(JSON.stringify(later.body)).not.toContain(body.clientSecret);
    application = body;
  });

  it('mails its owner, without the secret', async () => {
    const { text } = await theMail(journey().mails, EMAIL, 'New OAuth application: ERP connector');

    expect(text).toContain(application.clientId);
    expect(text).not.toContain(application.clientSecret);
  });

  it('gives the application a token for what it asks for', async () => {
    const { status, headers, body } = await ask();

    expect([status, body]).toEqual([
      200,
      { token_type: 'Bearer', expires_in: 3600, access_token: expect.any(String), scope: 'customer_user:view' },
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    connector = journey().anybody.as(body.access_token);
  });

  it('takes the token at the storefront as that of its owner', async () => {
    const { status, body } = await connector.get('/api/me');

    expect([status, body]).toEqual([200, expect.objectContaining({ id: journey().amandaId, email: EMAIL })]);
  });

  it('refuses the same token on the admin side', async () => {
    const { status, headers, body } = await connector.get('/admin/api/customer-users');

    expect([status, body]).toEqual([401, expect.objectContaining({ code: 'auth.wrong_audience' })]);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", error_description="/);
  });

  it('refuses the live token as soon as the application is deactivated, and gives no other', async () => {
    const { admin } = journey();
    const deactivated = await admin.post(`/admin/api/oauth-applications/${application.id}/deactivate`);
    expect([deactivated.status, deactivated.body]).toEqual([200, expect.objectContaining({ active: false })]);

    const { status, headers, body } = await connector.get('/api/me');

    expect([status, body]).toEqual([401, expect.objectContaining({ code: expect.stringMatching(/^auth\./) })]);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    const another = await ask();
    expect([another.status, another.body]).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
  });
}
