import { rmSync } from 'node:fs';
import { type ApplicationBody, credentialsOf, type Json, OAuthApp } from '../support/oauth-app.js';

const WARNING =
  'OAuth authorization is not available as encryption keys configuration was not complete. Please contact your administrator.';

describe('OAuth applications and signing keys', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  describe('while keys are missing', () => {
    let keyless: OAuthApp;

    beforeAll(async () => {
      keyless = await OAuthApp.start({ keys: false });
    });
    afterAll(() => keyless.close());

    it('cannot be created, and say why, while the rest of the product works', async () => {
      const refused = await keyless.act<Json>('POST', `/customer-users/${keyless.buyerId}/oauth-applications`, { name: 'x' });
      expect(refused).toMatchObject({ status: 503, body: { detail: WARNING } });
      const listed = await keyless.act<Json>('GET', '/oauth-applications');
      expect(listed).toMatchObject({ status: 200, body: { items: [], warning: WARNING } });
      expect((await keyless.act('GET', '/customer-users')).status).toBe(200);
    });

    it('get temporarily_unavailable at the token endpoint, and health says degraded', async () => {
      const { status, body } = await keyless.ask({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' });
      expect({ status, error: body.error }).toEqual({ status: 503, error: 'temporarily_unavailable' });
      const health = await keyless.call<Json>('GET', '/health/ready');
      expect(health).toMatchObject({ status: 200, body: { status: 'degraded', checks: { 'signing-keys': { status: 'degraded' } } } });
      expect((await keyless.call('GET', '/.well-known/jwks.json')).body).toEqual({ keys: [] });
    });
  });

  it('notice that the keys were taken away', async () => {
    rmSync(app.configuration.keys.folder, { recursive: true });
    const deadline = Date.now() + 10_000;
    let status = 0;
    while (status !== 503 && Date.now() < deadline) status = (await app.ask(credentialsOf(application))).status;
    expect(status).toBe(503);
  });
});
