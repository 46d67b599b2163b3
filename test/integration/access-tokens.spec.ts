import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type ApplicationBody, encodePart, type Json, OAuthApp, readToken } from '../support/oauth-app.js';

const signed = (header: Json, claims: Json, key: KeyObject) => {
  const content = `${encodePart(header)}.${encodePart(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
};

describe('Applications with a token', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const me = (token: string) => app.call<Json>('GET', '/api/me', { token });

  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  it('act for their owner at the storefront, and nowhere else', async () => {
    const token = await app.tokenOf(application);
    expect(await me(token)).toMatchObject({ status: 200, body: { id: app.buyerId } });
    const refused = await app.call<Json>('GET', '/admin/api/customer-users', { token });
    expect(refused).toMatchObject({ status: 401, body: { code: 'auth.wrong_audience' } });
    expect(refused.headers['www-authenticate']).toContain('Bearer error="invalid_token"');
  });

  it('may do what the scopes of the token allow', async () => {
    const path = '/api/me/permissions';
    const { body } = await app.call<{ permissions: Json; capabilities: Json }>('GET', path, {
      token: await app.tokenOf(application, 'customer_user:view'),
    });
    expect(body).toEqual({ permissions: { customer_user: { view: 'customer' } }, capabilities: {} });
  });

  it.each<[string, (given: ApplicationBody, owner: number) => Promise<unknown>]>([
    ['they are deactivated', ({ id }) => app.act('POST', `/oauth-applications/${id}/deactivate`)],
    ['they are deleted', ({ id }) => app.act('DELETE', `/oauth-applications/${id}`)],
    ['their owner is disabled', (_given, owner) => app.act('POST', `/customer-users/${owner}/disable`)],
    ['their owner is unconfirmed', (_given, owner) => app.execute(`UPDATE customer_users SET confirmed = 0 WHERE id = ${owner}`)],
    [
      'their owner is to set a new password',
      (_given, owner) => app.execute(`UPDATE customer_users SET password_status = 'reset' WHERE id = ${owner}`),
    ],
    ['their owner became a guest', (_given, owner) => app.execute(`UPDATE customer_users SET guest = 1 WHERE id = ${owner}`)],
  ])('are refused at once when %s', async (reason, act) => {
    const owner = await app.aCustomerUser(`${reason.replaceAll(' ', '.')}@acme.example`);
    const given = await app.anApplication('Cut off', {}, owner);
    const token = await app.tokenOf(given);
    expect((await me(token)).status).toBe(200);
    await act(given, owner);
    const refused = await me(token);
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain('error="invalid_token"');
    const { clientId, clientSecret } = given;
    const again = await app.ask({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    expect(again).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('are let in again when they are activated again', async () => {
    const given = await app.anApplication('Off and on');
    const token = await app.tokenOf(given);
    await app.act('POST', `/oauth-applications/${given.id}/deactivate`);
    expect((await me(token)).status).toBe(401);
    expect((await app.act('POST', `/oauth-applications/${given.id}/activate`)).status).toBe(200);
    expect((await me(token)).status).toBe(200);
  });

  it('are refused when the organization is disabled', async () => {
    const token = await app.tokenOf(application);
    await app.execute('UPDATE organizations SET enabled = 0');
    expect((await me(token)).status).toBe(401);
    expect(await app.tokenOf(application)).toBeUndefined();
    await app.execute('UPDATE organizations SET enabled = 1');
    expect((await me(token)).status).toBe(200);
  });

  it.each(['/api/me', '/api/customer-users', '/api/me/consents'])('are refused by %s with a token in the URL', async (path) => {
    const token = await app.tokenOf(application);
    const refused = await app.call<Json>('GET', `${path}?access_token=${token}`);
    expect(refused).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="customer-identity"' },
      body: { code: 'auth.token_in_url', instance: path },
    });
    expect(JSON.stringify(refused.body)).not.toContain(token);
  });

  it.each<[string, (token: string) => object]>([
    ['also in the URL', (token) => ({ query: { access_token: token } })],
    ['and another one in the URL', () => ({ query: { access_token: 'x' } })],
    ['and an empty one in the URL', () => ({ query: { access_token: '' } })],
    ['in two headers', (token) => ({ headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } })],
  ])('are refused with a token in the header %s', async (_case, more) => {
    const token = await app.tokenOf(application);
    const given = { method: 'GET', url: '/api/me', headers: { authorization: `Bearer ${token}` }, ...more(token) } as const;
    const refused = await app.http.inject(given);
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ code: 'auth.token_repeated' });
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer error="invalid_request", error_description="[^"]+"$/);
  });

  describe('that is forged', () => {
    let genuine: { header: Json; claims: Json };
    let ours: KeyObject;
    const now = Math.floor(Date.now() / 1000);
    const theirs = generateKeyPairSync('rsa', { modulusLength: 2048 });

    beforeAll(async () => {
      genuine = readToken(await app.tokenOf(application));
      ours = createPrivateKey(app.key('private'));
    });

    it('are let in when nothing is wrong with it, so that the cases below prove something', async () => {
      expect((await me(signed(genuine.header, genuine.claims, ours))).status).toBe(200);
    });

    it.each<[string, () => string]>([
      ['alg none', () => `${encodePart({ ...genuine.header, alg: 'none' })}.${encodePart(genuine.claims)}.`],
      ['alg none with a signature', () => `${encodePart({ ...genuine.header, alg: 'none' })}.${encodePart(genuine.claims)}.AAAA`],
      [
        'HS256 with the public key as its secret',
        () => {
          const content = `${encodePart({ ...genuine.header, alg: 'HS256' })}.${encodePart(genuine.claims)}`;
          return `${content}.${createHmac('sha256', app.key('public')).update(content).digest('base64url')}`;
        },
      ],
      ['another RSA algorithm', () => signed({ ...genuine.header, alg: 'RS384' }, genuine.claims, ours)],
      ["a stranger's key", () => signed(genuine.header, genuine.claims, theirs.privateKey)],
      ['an unknown kid', () => signed({ ...genuine.header, kid: 'unknown' }, genuine.claims, ours)],
      ['a kid that is a path', () => signed({ ...genuine.header, kid: '../../etc/passwd' }, genuine.claims, ours)],
      ['a kid that is no text', () => signed({ ...genuine.header, kid: { a: 1 } }, genuine.claims, ours)],
      ['no kid', () => signed({ alg: 'RS256', typ: 'at+jwt' }, genuine.claims, ours)],
      [
        'a key of its own',
        () => signed({ ...genuine.header, jwk: theirs.publicKey.export({ format: 'jwk' }) }, genuine.claims, theirs.privateKey),
      ],
      [
        'a place of its own for keys',
        () => signed({ ...genuine.header, jku: 'https://evil.example/jwks', kid: 'x' }, genuine.claims, theirs.privateKey),
      ],
      ['another type', () => signed({ ...genuine.header, typ: 'JWT' }, genuine.claims, ours)],
      ['no type', () => signed({ alg: 'RS256', kid: genuine.header['kid'] }, genuine.claims, ours)],
      ['a critical header', () => signed({ ...genuine.header, crit: ['exp'], exp: 1 }, genuine.claims, ours)],
      ['an expiry that has passed', () => signed(genuine.header, { ...genuine.claims, exp: now - 1 }, ours)],
      ['no expiry', () => signed(genuine.header, { ...genuine.claims, exp: undefined }, ours)],
      ['an expiry that is no number', () => signed(genuine.header, { ...genuine.claims, exp: 'never' }, ours)],
      ['a beginning that is to come', () => signed(genuine.header, { ...genuine.claims, nbf: now + 600 }, ours)],
      ['another issuer', () => signed(genuine.header, { ...genuine.claims, iss: 'https://evil.example' }, ours)],
      ['another audience', () => signed(genuine.header, { ...genuine.claims, aud: 'backend' }, ours)],
      ['several audiences', () => signed(genuine.header, { ...genuine.claims, aud: ['storefront', 'backend'] }, ours)],
      ['another client', () => signed(genuine.header, { ...genuine.claims, client_id: 'x', sub: 'x' }, ours)],
      ['a subject that is not the client', () => signed(genuine.header, { ...genuine.claims, sub: '1' }, ours)],
      ['changed claims', () => `${encodePart(genuine.header)}.${encodePart({ ...genuine.claims, scope: 'x' })}.AAAA`],
      ['no token at all', () => 'a.b.c'],
      ['too much', () => 'x'.repeat(10_000)],
    ])('are refused for %s', async (_case, forge) => {
      const answer = await me(forge());
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
    });
  });
});
