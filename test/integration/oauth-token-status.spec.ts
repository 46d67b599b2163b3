import { type Answer, type ApplicationBody, basic, identityOf, type Json, OAuthApp, readToken } from '../support/oauth-app.js';

describe('Access tokens that are asked about and taken back', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  let stranger: ApplicationBody;
  const me = (token: string, at = app) => at.call<Json>('GET', '/api/me', { token });
  const introspect = (token: string, client = application) => app.send<Json>('/oauth2/introspect', { token, ...identityOf(client) });
  const revoke = (token: string, client = application) => app.send<Json>('/oauth2/revoke', { token, ...identityOf(client) });

  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
    stranger = await app.anApplication('Stranger', {}, await app.aCustomerUser('stranger@acme.example'));
  });
  afterAll(() => app.close());

  it('are shown to the client whose they are, as RFC 7662 has it', async () => {
    const token = await app.tokenOf(application, 'customer_user:view');
    const { client_secret_id: _secret, ...claims } = readToken(token).claims;
    const { status, body, headers } = await introspect(token);
    expect({ status, body }).toEqual({ status: 200, body: { active: true, token_type: 'Bearer', ...claims } });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  it('are asked about with HTTP Basic or in JSON as well, whatever the hint says', async () => {
    const token = await app.tokenOf(application);
    const withBasic = await app.send<Json>('/oauth2/introspect', { token, token_type_hint: 'refresh_token' }, basic(application));
    expect(withBasic.body['active']).toBe(true);
    const payload = { token, ...identityOf(application) };
    expect((await app.call<Json>('POST', '/oauth2/introspect', { payload })).body['active']).toBe(true);
  });

  it('show the scopes that are left of them', async () => {
    const given = await app.anApplication('Narrowed', { scopes: ['customer_user:view', 'customer:view'] });
    const token = await app.tokenOf(given);
    await app.act('PATCH', `/oauth-applications/${given.id}`, { scopes: ['customer_user:view'] });
    expect((await introspect(token, given)).body['scope']).toBe('customer_user:view');
  });

  it.each<[string, () => Promise<string> | string]>([
    ['none', () => 'nonsense'],
    ["a session's", () => app.admin],
    ['changed', async () => `${await app.tokenOf(application)}x`],
    ['over-long', () => 'x'.repeat(100_000)],
    ["another client's", () => app.tokenOf(stranger)],
  ])('are inactive and nothing else when they are %s', async (_case, token) => {
    expect(await introspect(await token())).toMatchObject({ status: 200, body: { active: false } });
    expect(Object.keys((await introspect(await token())).body)).toEqual(['active']);
  });

  it('are shown to a resource server that may see the applications', async () => {
    const { body: users } = await app.act<{ items: { id: number }[] }>('GET', '/users');
    const create = (name: string, scopes: string[]) =>
      app.act<ApplicationBody>('POST', `/users/${users.items[0]?.id}/oauth-applications`, { name, scopes });
    const { body: server } = await create('Resource server', ['oauth_application:view']);
    const { body: other } = await create('Something else', ['customer_user:view']);
    const token = await app.tokenOf(application);
    expect((await introspect(token, server)).body).toMatchObject({ active: true, client_id: application.clientId });
    expect((await introspect(token, other)).body).toEqual({ active: false });
  });

  it('are refused at once, on every process, when they are revoked, and others are not', async () => {
    const elsewhere = await app.another();
    const [token, sibling] = [await app.tokenOf(application), await app.tokenOf(application)];
    expect((await me(token, elsewhere)).status).toBe(200);
    const answer = await revoke(token);
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    for (const process of [app, elsewhere])
      expect(await me(token, process)).toMatchObject({ status: 401, body: { code: 'auth.token_revoked' } });
    expect((await introspect(token)).body).toEqual({ active: false });
    expect((await me(sibling, elsewhere)).status).toBe(200);
    expect((await revoke(token)).status).toBe(200);
  });

  it('count as revoked when they are no good anyhow', async () => {
    expect((await revoke('nonsense')).status).toBe(200);
    expect((await revoke(app.admin)).status).toBe(200);
  });

  it('are not taken back by another client', async () => {
    const token = await app.tokenOf(application);
    expect(await revoke(token, stranger)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect((await me(token)).status).toBe(200);
  });

  it('are refused at once, on every process, when their secret is revoked, and those of another secret are not', async () => {
    const elsewhere = await app.another();
    const given = await app.anApplication('Two secrets');
    const { body: second } = await app.act<ApplicationBody>('POST', `/oauth-applications/${given.id}/secrets`, {});
    const [first, kept] = [await app.tokenOf(given), await app.tokenOf(second)];
    await app.act('DELETE', `/oauth-applications/${given.id}/secrets/${given.secrets[0]?.id}`);
    for (const process of [app, elsewhere]) {
      expect(await me(first, process)).toMatchObject({ status: 401, body: { code: 'auth.secret_revoked' } });
      expect((await me(kept, process)).status).toBe(200);
    }
  });

  it('end with their secret', async () => {
    const given = await app.anApplication('Short secret');
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const { body: second } = await app.act<ApplicationBody>('POST', `/oauth-applications/${given.id}/secrets`, { expiresAt });
    const { body } = await app.ask({ grant_type: 'client_credentials', ...identityOf(second) });
    expect(body.expires_in).toBeLessThanOrEqual(600);
    await app.execute(`UPDATE oauth_secrets SET expires_at = '2020-01-01 00:00:00.000' WHERE id = ${second.secrets[1]?.id}`);
    expect(await me(body.access_token)).toMatchObject({ status: 401, body: { code: 'auth.secret_revoked' } });
  });

  describe.each(['/oauth2/introspect', '/oauth2/revoke'])('at %s', (url) => {
    it.each<[string, () => Promise<Answer<Json>>, number, string]>([
      ['no token', () => app.send(url, identityOf(application)), 400, 'invalid_request'],
      [
        'two tokens',
        () => app.send(url, `token=a&token=b&${new URLSearchParams(identityOf(application)).toString()}`),
        400,
        'invalid_request',
      ],
      ['a token in the URL', () => app.send(`${url}?token=a`, { token: 'a', ...identityOf(application) }), 400, 'invalid_request'],
      [
        'two ways of authentication',
        () => app.send(url, { token: 'a', ...identityOf(application) }, basic(application)),
        400,
        'invalid_request',
      ],
      ['no authentication', () => app.send(url, { token: 'a' }), 401, 'invalid_client'],
      ['a wrong secret', () => app.send(url, { token: 'a', ...identityOf({ ...application, clientSecret: 'x' }) }), 401, 'invalid_client'],
      ['an access token for authentication', () => app.send(url, { token: 'a' }, { authorization: 'Bearer a' }), 401, 'invalid_client'],
      ['another media type', () => app.send(url, 'token=a', { 'content-type': 'text/plain' }), 415, 'invalid_request'],
      ['broken JSON', () => app.send(url, '{', { 'content-type': 'application/json' }), 400, 'invalid_request'],
    ])('are refused for %s', async (_case, ask, status, error) => {
      const answer = await ask();
      expect(answer).toMatchObject({ status, body: { error }, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } });
      if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
    });

    it('are refused to an application that is not active', async () => {
      const off = await app.anApplication(`Off ${url}`);
      await app.act('POST', `/oauth-applications/${off.id}/deactivate`);
      expect(await app.send(url, { token: 'a', ...identityOf(off) })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    });

    it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const)('take no %s', async (method) => {
      const answer = await app.call<Json>(method, url);
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
      if (method !== 'HEAD') expect(answer.body['error']).toBe('invalid_request');
    });
  });
});
