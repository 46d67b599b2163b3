import { OAuthApp } from '../support/oauth-app.js';

const ORIGIN = 'https://shop.example.com';

describe('Pages of an origin that is let in', () => {
  let app: OAuthApp;

  beforeAll(async () => {
    app = await OAuthApp.start({ environment: { CORS_ORIGINS: `${ORIGIN},https://other.example.com` } });
  });
  afterAll(() => app.close());

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])('may send a %s to both APIs', async (method) => {
    for (const url of ['/api/me', '/admin/api/customer-users/1']) {
      const { status, headers } = await app.call('OPTIONS', url, {
        headers: { origin: ORIGIN, 'access-control-request-method': method, 'access-control-request-headers': 'authorization,if-match' },
      });
      expect(status).toBe(204);
      expect(headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, 'access-control-allow-headers': 'authorization,if-match' });
      expect(String(headers['access-control-allow-methods']).split(', ')).toContain(method);
    }
  });

  it.each(['/api/me', '/oauth2-token'])('may read of %s why they were refused, and when to come again', async (url) => {
    const { status, headers } = await app.call(url === '/api/me' ? 'GET' : 'POST', url, { headers: { origin: ORIGIN } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers).toMatchObject({ 'access-control-allow-origin': ORIGIN, vary: expect.stringContaining('Origin') as string });
    expect(String(headers['access-control-expose-headers']).split(', ')).toEqual(
      expect.arrayContaining(['WWW-Authenticate', 'Retry-After', 'ETag', 'Location', 'Content-Location']),
    );
  });

  it.each(['/api/me', '/oauth2-token', '/.well-known/jwks.json'])(
    'get an answer from %s to an OPTIONS that is no preflight',
    async (url) => {
      expect(await app.call('OPTIONS', url)).toMatchObject({ status: 204, body: {} });
    },
  );

  it.each(['https://evil.example', 'null', 'https://shop.example.com.evil.example', 'http://shop.example.com', 'https://SHOP.example.com'])(
    'are not those of %s',
    async (origin) => {
      const { headers } = await app.call('OPTIONS', '/api/me', { headers: { origin, 'access-control-request-method': 'GET' } });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect((await app.call('GET', '/api/me', { headers: { origin } })).headers).not.toHaveProperty('access-control-allow-origin');
    },
  );
});
