import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { ALGORITHMS, makeKeys } from '../../src/oauth/index.js';
import { aFreePort } from '../support/jobs/private-redis.js';
import { type ApplicationBody, credentialsOf, OAuthApp, readToken } from '../support/oauth-app.js';

/** It ships no types. */
interface SimpleOAuth2 {
  ClientCredentials: new (options: object) => {
    getToken(parameters: object): Promise<{ token: Record<string, unknown> }>;
  };
}

describe('Clients that others wrote', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  let url: string;
  let simple: SimpleOAuth2;
  const insecure = { [oauth.allowInsecureRequests]: true };

  beforeAll(async () => {
    const port = await aFreePort();
    url = `http://127.0.0.1:${port}`;
    app = await OAuthApp.start({ environment: { PUBLIC_URL: url, PORT: String(port) } });
    application = await app.anApplication('ERP connector');
    await app.http.listen(port, '127.0.0.1');
    // @ts-expect-error It ships no types.
    simple = (await import('simple-oauth2')) as SimpleOAuth2;
  });
  afterAll(() => app.close());

  /** Each pair signs from the whole second after it was made, and is noticed within another. */
  async function aTokenSignedWith(algorithm: (typeof ALGORITHMS)[number]): Promise<string> {
    const deadline = Date.now() + 20_000;
    const rotate = () => makeKeys(app.configuration.keys.folder, { rotate: true, lead: 0, algorithm });
    for (let { made } = await rotate(); !made && Date.now() < deadline;) ({ made } = await rotate());
    for (;;) {
      const token = await app.tokenOf(application, 'customer_user:view');
      if (readToken(token).header['alg'] === algorithm) return token;
      if (Date.now() > deadline) throw new Error(`Nothing was signed with ${algorithm}.`);
    }
  }

  const discovered = (authentication: client.ClientAuth) =>
    client.discovery(new URL(url), application.clientId, undefined, authentication, {
      algorithm: 'oauth2',
      execute: [client.allowInsecureRequests],
    });

  it.each([
    ['HTTP Basic', () => client.ClientSecretBasic(application.clientSecret)],
    ['the body', () => client.ClientSecretPost(application.clientSecret)],
  ])('find the endpoints by the metadata, and get, ask about and revoke a token: openid-client with %s', async (_way, authentication) => {
    const configuration = await discovered(authentication());
    const tokens = await client.clientCredentialsGrant(configuration, { scope: 'customer_user:view' });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'customer_user:view' });
    const me = () => client.fetchProtectedResource(configuration, tokens.access_token, new URL(`${url}/api/me`), 'GET');
    expect((await me()).status).toBe(200);
    expect(await client.tokenIntrospection(configuration, tokens.access_token)).toMatchObject({
      active: true,
      client_id: application.clientId,
      iss: url,
    });
    await client.tokenRevocation(configuration, tokens.access_token);
    expect((await client.tokenIntrospection(configuration, tokens.access_token)).active).toBe(false);
    await expect(me()).rejects.toMatchObject({ name: 'WWWAuthenticateChallengeError' });
  });

  it('are told what is wrong in a way that they understand', async () => {
    const wrong = await discovered(client.ClientSecretBasic('wrong'));
    await expect(client.clientCredentialsGrant(wrong)).rejects.toMatchObject({ status: 401 });
    const right = await discovered(client.ClientSecretPost(application.clientSecret));
    await expect(client.clientCredentialsGrant(right, { scope: 'customer_user:fly' })).rejects.toMatchObject({
      error: 'invalid_scope',
      status: 400,
    });
  });

  it.each(ALGORITHMS)('validate a token of %s as RFC 9068 says: oauth4webapi', async (algorithm) => {
    const issuer = new URL(url);
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }));
    const token = await aTokenSignedWith(algorithm);
    const request = (shown: string) => new Request(`${url}/api/me`, { headers: { authorization: `Bearer ${shown}` } });
    const claims = await oauth.validateJwtAccessToken(server, request(token), 'storefront', insecure);
    expect(claims).toMatchObject({ iss: url, sub: application.clientId, client_id: application.clientId, scope: 'customer_user:view' });
    await expect(oauth.validateJwtAccessToken(server, request(token), 'backend', insecure)).rejects.toThrow(/aud/);
  });

  it('get a token with HTTP Basic: simple-oauth2', async () => {
    const grant = new simple.ClientCredentials({
      client: { id: application.clientId, secret: application.clientSecret },
      auth: { tokenHost: url, tokenPath: '/oauth2-token' },
      options: { authorizationMethod: 'header' },
    });
    const { token } = await grant.getToken({ scope: ['customer_user:view'] });
    expect(token).toMatchObject({ token_type: 'Bearer', scope: 'customer_user:view' });
    const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${String(token['access_token'])}` } });
    expect(me.status).toBe(200);
  });

  it('get a token with plain curl', async () => {
    const form = Object.entries(credentialsOf(application)).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`]);
    const { stdout } = await promisify(execFile)('curl', ['-sS', ...form, `${url}/oauth2-token`]);
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const basic = await promisify(execFile)('curl', [
      '-sS',
      '-u',
      `${application.clientId}:${application.clientSecret}`,
      '-d',
      'grant_type=client_credentials',
      `${url}/oauth2-token`,
    ]);
    expect(JSON.parse(basic.stdout)).toMatchObject({ token_type: 'Bearer' });
  });
});
