import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { type ApplicationBody, credentialsOf, type Json, OAuthApp, readToken } from '../support/oauth-app.js';

describe('The token endpoint', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const basic = (id = application.clientId, secret = application.clientSecret) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });

  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  it.each<[string, () => Promise<{ status: number; body: Json; headers: Json }>]>([
    ['a form', () => app.ask(credentialsOf(application)) as never],
    ['HTTP Basic', () => app.ask({ grant_type: 'client_credentials' }, basic()) as never],
    ['JSON', () => app.call('POST', '/oauth2-token', { payload: credentialsOf(application) })],
  ])('get a token with %s', async (_way, ask) => {
    const { status, body, headers } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: expect.any(String) as string,
      scope: expect.stringContaining('customer_user:view') as string,
    });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('get a token as RFC 9068 has it, which the published key verifies', async () => {
    const token = await app.tokenOf(application, 'customer_user:view');
    const { header, claims } = readToken(token);
    expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) as string });
    expect(claims).toEqual({
      iss: 'http://localhost:3000',
      sub: application.clientId,
      aud: 'storefront',
      client_id: application.clientId,
      client_secret_id: application.secrets[0]?.id,
      scope: 'customer_user:view',
      iat: expect.any(Number) as number,
      nbf: claims['iat'],
      exp: Number(claims['iat']) + 3600,
      jti: expect.any(String) as string,
    });
    const { body } = await app.call<{ keys: JsonWebKey[] }>('GET', '/.well-known/jwks.json');
    const [jwk] = body.keys;
    expect(jwk?.['kid']).toBe(header['kid']);
    const [content, signature = ''] = [token.slice(0, token.lastIndexOf('.')), token.split('.')[2]];
    const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(content), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('are told by the metadata where the endpoints are', async () => {
    const { body } = await app.call<Json>('GET', '/.well-known/oauth-authorization-server');
    expect(body).toMatchObject({
      issuer: 'http://localhost:3000',
      token_endpoint: 'http://localhost:3000/oauth2-token',
      jwks_uri: 'http://localhost:3000/.well-known/jwks.json',
      grant_types_supported: ['client_credentials'],
    });
    expect(body['scopes_supported']).toContain('customer_user:view');
  });

  it.each<[string, () => Parameters<OAuthApp['ask']>, number, string]>([
    ['no grant type', () => [{ client_id: 'a', client_secret: 'b' }], 400, 'invalid_request'],
    ['another grant type', () => [{ ...credentialsOf(application), grant_type: 'password' }], 400, 'unsupported_grant_type'],
    ['an unknown scope', () => [{ ...credentialsOf(application), scope: 'customer_user:fly' }], 400, 'invalid_scope'],
    [
      'a scope that the application was not given',
      () => [{ ...credentialsOf(application), scope: 'customer_user:delete' }],
      400,
      'invalid_scope',
    ],
    ['scope and scopes that differ', () => [{ ...credentialsOf(application), scope: 'a', scopes: 'b' }], 400, 'invalid_request'],
    [
      'a repeated parameter',
      () => [`${new URLSearchParams(credentialsOf(application)).toString()}&grant_type=client_credentials`],
      400,
      'invalid_request',
    ],
    ['two ways of authentication', () => [credentialsOf(application), basic()], 400, 'invalid_request'],
    ['no authentication', () => [{ grant_type: 'client_credentials' }], 401, 'invalid_client'],
    ['an unknown client', () => [{ ...credentialsOf(application), client_id: 'nobody' }], 401, 'invalid_client'],
    ['a wrong secret', () => [{ ...credentialsOf(application), client_secret: 'wrong' }], 401, 'invalid_client'],
    ['a wrong secret with Basic', () => [{ grant_type: 'client_credentials' }, basic(undefined, 'wrong')], 401, 'invalid_client'],
    [
      'a client id with a space at its end',
      () => [{ ...credentialsOf(application), client_id: `${application.clientId} ` }],
      401,
      'invalid_client',
    ],
    ['another media type', () => ['grant_type=client_credentials', { 'content-type': 'text/plain' }], 415, 'invalid_request'],
    ['an unknown media type', () => ['<a/>', { 'content-type': 'application/xml' }], 415, 'invalid_request'],
    ['broken JSON', () => ['{"grant_type":', { 'content-type': 'application/json' }], 400, 'invalid_request'],
    ['a poisoned JSON', () => ['{"__proto__":{}}', { 'content-type': 'application/json' }], 400, 'invalid_request'],
    ['an empty JSON', () => ['', { 'content-type': 'application/json' }], 400, 'invalid_request'],
    ['a list', () => ['[]', { 'content-type': 'application/json' }], 400, 'invalid_request'],
    ['a body that is too large', () => [`grant_type=${'x'.repeat(1_100_000)}`], 413, 'invalid_request'],
    ['an over-long scope', () => [{ ...credentialsOf(application), scope: 'x'.repeat(100_000) }], 400, 'invalid_scope'],
  ])('are refused for %s', async (_case, request, status, error) => {
    const answer = await app.ask(...request());
    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) as string } });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
  });

  it('answer an unknown client as they answer a wrong secret', async () => {
    const unknown = await app.ask({ ...credentialsOf(application), client_id: 'nobody' });
    const wrong = await app.ask({ ...credentialsOf(application), client_secret: 'wrong' });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('take their parameters from the body, not from the URL', async () => {
    const { clientId, clientSecret } = application;
    const url = `/oauth2-token?grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await app.call('POST', url, { payload: 'grant_type=client_credentials', headers });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('take no %s', async (method) => {
    const answer = await app.call(method, '/oauth2-token');
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' }, body: { error: 'invalid_request' } });
  });

  it('leave every attempt that names a client in the log of attempts', async () => {
    const tried = await app.anApplication('Attempts');
    await app.tokenOf(tried);
    await app.usesWritten();
    await app.tokenOf({ ...tried, clientSecret: 'cis_wrong' });
    const rows = await app.execute(`SELECT success, source, username FROM login_attempts WHERE username = '${tried.clientId}' ORDER BY id`);
    expect(rows).toMatchObject([
      { success: 1, source: 'oauth' },
      { success: 0, source: 'oauth' },
    ]);
    expect(JSON.stringify(await app.execute('SELECT * FROM login_attempts'))).not.toContain('cis_');
  });

  it('note their last use, which is no change of theirs', async () => {
    const used = await app.anApplication('Used');
    await app.tokenOf(used);
    const { body } = await app.act<ApplicationBody>('GET', `/oauth-applications/${used.id}`);
    expect(body.lastUsedAt).not.toBeNull();
    expect(body.secrets[0]?.lastUsedAt).toBe(body.lastUsedAt);
    expect(body.version).toBe(used.version);
  });
});
