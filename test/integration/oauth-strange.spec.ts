import { type ApplicationBody, basic, credentialsOf, type Json, OAuthApp, type TokenBody } from '../support/oauth-app.js';

const ORIGIN = 'https://shop.example.com';

describe('Strange requests to the authorization server', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const grant = { grant_type: 'client_credentials' };
  const form = (more = '') => `${new URLSearchParams(credentialsOf(application)).toString()}${more}`;
  const json = (body: unknown) => app.ask(JSON.stringify(body), { 'content-type': 'application/json' });
  /** A body in which the first secret is wrong and the second one right. */
  const twice = (name: string, url = '/oauth2-token') => {
    const body = JSON.stringify(credentialsOf(application)).replace('{', `{${name}:"wrong",`);
    return app.send<TokenBody>(url, body, { 'content-type': 'application/json' });
  };
  const withBasic = (text: string) => app.ask(grant, { authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  const hex = (text: string) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');

  beforeAll(async () => {
    app = await OAuthApp.start({ environment: { CORS_ORIGINS: ORIGIN } });
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  it.each<[string, () => ReturnType<OAuthApp['ask']>]>([
    ['Basic credentials that are form-encoded', () => withBasic(`${hex(application.clientId)}:${hex(application.clientSecret)}`)],
    ['an equal client_id beside Basic', () => app.ask({ ...grant, client_id: application.clientId }, basic(application))],
    ['a scheme in lower case', () => app.ask(grant, { authorization: basic(application).authorization.replace('Basic', 'basic') })],
    ['parameters that it does not know, repeated', () => app.ask(form('&audience=a&audience=b'))],
    ['a scope without a value', () => app.ask(form('&scope=&scopes='))],
    ['scope and scopes that are the same', () => app.ask(form('&scope=customer_user%3Aview&scopes=customer_user%3Aview'))],
    ['a scope twice in the list', () => app.ask(form('&scope=customer_user%3Aview+customer_user%3Aview'))],
    ['a charset', () => app.ask(form(), { 'content-type': 'Application/X-WWW-Form-URLEncoded; charset=UTF-8' })],
    ['JSON with null for what is left out', () => json({ ...credentialsOf(application), scope: null })],
    ['a member of JSON that it does not know, repeated', () => twice('"audience":"a","audience"')],
    ['an address with escapes', () => app.send('/%6fauth2-token', form())],
    ['a slash at the end', () => app.send('/oauth2-token/', form())],
  ])('are served with %s', async (_case, ask) => {
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body.scope.split(' ')).toContain('customer_user:view');
    expect(body.scope.split(' ').filter((scope) => scope === 'customer_user:view')).toHaveLength(1);
  });

  it.each<[string, () => ReturnType<OAuthApp['ask']>, number, string]>([
    ['a repeated secret', () => app.ask(form(`&client_secret=${application.clientSecret}`)), 400, 'invalid_request'],
    ['a repeated scope', () => app.ask(form('&scope=a&scope=a')), 400, 'invalid_request'],
    ['a repeated parameter without a value', () => app.ask(form('&scope=&scope=')), 400, 'invalid_request'],
    ['a list in JSON', () => json({ ...credentialsOf(application), scope: ['customer_user:view'] }), 400, 'invalid_request'],
    ['an object in JSON', () => json({ ...credentialsOf(application), client_secret: { $ne: null } }), 400, 'invalid_request'],
    ['a number in JSON', () => json({ ...credentialsOf(application), client_id: 1 }), 400, 'invalid_request'],
    ['a repeated secret in JSON', () => twice('"client_secret"'), 400, 'invalid_request'],
    ['a repeated secret in JSON, once in escapes', () => twice('"client\\u005fsecret" '), 400, 'invalid_request'],
    ['a repeated secret in JSON, at an address with escapes', () => twice('"client_secret"', '/%6fauth2-token'), 400, 'invalid_request'],
    ['a text in JSON', () => json('grant_type=client_credentials'), 400, 'invalid_request'],
    ['no body', () => app.call('POST', '/oauth2-token'), 400, 'invalid_request'],
    [
      'more members than anybody reads',
      () => json({ ...credentialsOf(application), ...Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`m${i}`, ''])) }),
      413,
      'invalid_request',
    ],
    ['an assertion beside the secret', () => app.ask(form('&client_assertion=a.b.c&client_assertion_type=x')), 400, 'invalid_request'],
    ['an assertion beside Basic', () => app.ask({ ...grant, client_assertion: 'a.b.c' }, basic(application)), 400, 'invalid_request'],
    ['an assertion alone', () => app.ask({ ...grant, client_assertion: 'a.b.c' }), 401, 'invalid_client'],
    ['an empty form', () => app.ask(''), 400, 'invalid_request'],
    ['brackets', () => app.ask(form().replace('grant_type=', 'grant_type[]=')), 400, 'invalid_request'],
    [
      'a grant type in upper case',
      () => app.ask({ ...credentialsOf(application), grant_type: 'CLIENT_CREDENTIALS' }),
      400,
      'unsupported_grant_type',
    ],
    [
      'an over-long grant type',
      () => app.ask({ ...credentialsOf(application), grant_type: 'x'.repeat(50_000) }),
      400,
      'unsupported_grant_type',
    ],
    [
      'an authorization code',
      () => app.ask({ ...credentialsOf(application), grant_type: 'authorization_code', code: 'a' }),
      400,
      'unsupported_grant_type',
    ],
    ['a scope with two spaces', () => app.ask(form('&scope=customer_user%3Aview++customer%3Aview')), 400, 'invalid_scope'],
    ['a scope with a quote', () => app.ask(form('&scope=%22')), 400, 'invalid_scope'],
    ['a scope of the other API', () => app.ask(form('&scope=login_attempt%3Aview')), 400, 'invalid_scope'],
    ['an empty secret', () => app.ask({ ...credentialsOf(application), client_secret: '' }), 401, 'invalid_client'],
    ['an over-long client id', () => app.ask({ ...credentialsOf(application), client_id: 'x'.repeat(100_000) }), 401, 'invalid_client'],
    ['an over-long secret', () => app.ask({ ...credentialsOf(application), client_secret: 'x'.repeat(100_000) }), 401, 'invalid_client'],
    [
      'a NUL in the client id',
      () => app.ask({ ...credentialsOf(application), client_id: `${application.clientId}\0` }),
      401,
      'invalid_client',
    ],
    ['letters outside ASCII', () => app.ask({ ...credentialsOf(application), client_id: 'ÄÖÜ😀' }), 401, 'invalid_client'],
    [
      'a client id in upper case',
      () => app.ask({ ...credentialsOf(application), client_id: application.clientId.toUpperCase() }),
      401,
      'invalid_client',
    ],
    ['a wildcard', () => app.ask({ ...credentialsOf(application), client_id: '%' }), 401, 'invalid_client'],
    ['SQL', () => app.ask({ ...credentialsOf(application), client_id: `' OR '1'='1` }), 401, 'invalid_client'],
    ['Basic without a colon', () => withBasic('nocolon'), 401, 'invalid_client'],
    ['Basic with a broken escape', () => withBasic(`${application.clientId}:%zz`), 401, 'invalid_client'],
    ['Basic with the secret of nobody', () => withBasic(`${application.clientId}:`), 401, 'invalid_client'],
    ['another scheme', () => app.ask(grant, { authorization: 'Digest username="a"' }), 401, 'invalid_client'],
    ['Bearer beside the body', () => app.ask(form(), { authorization: 'Bearer a' }), 401, 'invalid_client'],
    ['no scheme', () => app.ask(form(), { authorization: 'x' }), 401, 'invalid_client'],
    ['a multipart form', () => app.ask('--a--', { 'content-type': 'multipart/form-data; boundary=a' }), 415, 'invalid_request'],
    ['a media type that is none', () => app.ask(form(), { 'content-type': 'form' }), 415, 'invalid_request'],
    ['JSON of another name', () => app.ask('{}', { 'content-type': 'application/problem+json' }), 415, 'invalid_request'],
  ])('are refused with %s', async (_case, ask, status, error) => {
    const answer = await ask();
    expect(answer).toMatchObject({ status, body: { error }, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    // RFC 6749 section 5.2.
    expect(answer.body.error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(JSON.stringify(answer.body)).not.toContain(application.clientSecret);
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)('are refused with %s, whatever they carry', async (method) => {
    for (const payload of [undefined, '{"broken', form()]) {
      const headers = { 'content-type': payload === form() ? 'application/x-www-form-urlencoded' : 'application/json' };
      const answer = await app.call<Json>(method, '/oauth2-token', payload === undefined || method === 'HEAD' ? {} : { payload, headers });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST', 'cache-control': 'no-store' } });
    }
  });

  it.each(['jwks.json', 'oauth-authorization-server'])('read /.well-known/%s and do nothing else with it', async (document) => {
    const url = `/.well-known/${document}`;
    const read = await app.call<Json>('GET', url);
    expect(read).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=300' } });
    expect(read.headers['content-type']).toMatch(/^application\/json/);
    expect((await app.call('HEAD', url)).status).toBe(200);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      expect(await app.call(method, url)).toMatchObject({
        status: 405,
        headers: { allow: 'GET, HEAD' },
        body: { error: 'invalid_request' },
      });
  });

  it.each(['/oauth2-token', '/oauth2/introspect', '/oauth2/revoke'])(
    'come to %s from pages of the origins that are let in',
    async (url) => {
      const preflight = (origin: string) =>
        app.call('OPTIONS', url, {
          headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
        });
      const { status, headers } = await preflight(ORIGIN);
      expect(status).toBe(204);
      expect(headers).toMatchObject({ 'access-control-allow-origin': ORIGIN });
      expect(headers['access-control-allow-methods']).toContain('POST');
      expect((await preflight('https://evil.example')).headers).not.toHaveProperty('access-control-allow-origin');
      const answer = await app.send(url, 'x=1', { origin: ORIGIN });
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': ORIGIN });
    },
  );

  it('leave neither a secret nor a token in the database', async () => {
    const token = await app.tokenOf(application);
    await app.usesWritten();
    const tables = ['login_attempts', 'oauth_secrets', 'oauth_revoked_tokens', 'oauth_failed_tries', 'history_entries', 'jobs'];
    for (const table of tables) {
      const rows = JSON.stringify(await app.execute(`SELECT * FROM ${table}`));
      expect(rows).not.toContain(application.clientSecret);
      expect(rows).not.toContain(token);
    }
  });
});
