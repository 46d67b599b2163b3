import { type ApplicationBody, basic, credentialsOf, type Json, OAuthApp } from '../support/oauth-app.js';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

interface Attempt {
  success: boolean;
  reason: string;
  user: string | null;
  side: string | null;
  customerUserId: number | null;
  ip: string | null;
  userAgent: string | null;
}

describe('Refused requests that name a client', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const form = (more: string) => `${new URLSearchParams(credentialsOf(application)).toString()}${more}`;
  const attempts = async (username: string) => {
    const path = `/login-attempts?filter[username]=${encodeURIComponent(username)}&filter[source]=oauth&limit=1`;
    return (await app.act<{ items: Attempt[] }>('GET', path)).body.items;
  };

  beforeAll(async () => {
    app = await OAuthApp.start();
  });
  afterAll(() => app.close());

  beforeEach(async () => {
    application = await app.anApplication(`Tried ${expect.getState().currentTestName}`.slice(0, 255));
  });

  describe.each(['/oauth2-token', '/oauth2/introspect', '/oauth2/revoke'])('at %s', (url) => {
    it.each<[string, () => { type?: string; body?: string; named?: boolean; query?: string }, number, string]>([
      ['a repeated secret', () => ({ body: form('&client_secret=x') }), 400, 'repeated_parameter'],
      ['a repeated client id', () => ({ body: form(`&client_id=${application.clientId}`) }), 400, 'repeated_parameter'],
      [
        'a repeated member of JSON',
        () => ({ type: JSON_TYPE, body: `{"client_id":"x","client_id":"${application.clientId}"}` }),
        400,
        'repeated_parameter',
      ],
      ['two ways of authentication', () => ({ named: true, body: form('&token=a') }), 400, 'two_authentications'],
      ['parameters in the URL', () => ({ query: '?client_id=x&token=x', body: form('') }), 400, 'invalid_request'],
      ['a list for a body', () => ({ type: JSON_TYPE, named: true, body: '[]' }), 400, 'invalid_request'],
      [
        'a number for a secret',
        () => ({ type: JSON_TYPE, body: `{"client_id":"${application.clientId}","client_secret":1}` }),
        400,
        'invalid_request',
      ],
      ['broken JSON', () => ({ type: JSON_TYPE, named: true, body: '{' }), 400, 'unreadable'],
      ['a poisoned JSON', () => ({ type: JSON_TYPE, named: true, body: '{"__proto__":{}}' }), 400, 'unreadable'],
      ['an unknown media type', () => ({ type: 'text/plain', named: true, body: 'a' }), 415, 'unreadable'],
      ['a multipart form', () => ({ type: 'multipart/form-data; boundary=a', named: true, body: '--a--' }), 415, 'unreadable'],
      ['a body that is too large', () => ({ named: true, body: `a=${'x'.repeat(1_100_000)}` }), 413, 'unreadable'],
    ])('are in the log of attempts: %s', async (_case, request, status, reason) => {
      const { type = FORM, body: payload, named, query = '' } = request();
      const headers = { 'content-type': type, 'user-agent': 'Robot/1', ...(named && basic(application)) };
      const answer = await app.call<Json>('POST', `${url}${query}`, { payload, headers, from: '192.0.2.7' });
      expect(answer).toMatchObject({
        status,
        body: { error: 'invalid_request' },
        headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
      });
      expect(await attempts(application.clientId)).toMatchObject([
        {
          ...{ success: false, reason, user: application.name, side: 'storefront', customerUserId: app.buyerId },
          ...{ ip: '192.0.2.7', userAgent: 'Robot/1' },
        },
      ]);
      expect(JSON.stringify(await app.execute('SELECT * FROM login_attempts'))).not.toContain(application.clientSecret);
    });
  });

  it('leave no more than the name where there is no such client', async () => {
    for (const username of ['nobody', 'n'.repeat(300), 'N\u00e4chster']) await app.ask({ client_id: username, grant_type: 'password' });
    const expected = { success: false, reason: 'unsupported_grant_type', user: null, side: null, customerUserId: null };
    for (const username of ['nobody', 'n'.repeat(255), 'N?chster']) expect(await attempts(username)).toMatchObject([expected]);
  });

  it('leave nothing when they name nobody', async () => {
    const count = async () => (await app.act<{ page: Json }>('GET', '/login-attempts?total=true')).body.page['total'];
    const before = await count();
    expect((await app.ask('grant_type=a&grant_type=b')).status).toBe(400);
    expect((await app.ask('{', { 'content-type': JSON_TYPE })).status).toBe(400);
    expect((await app.ask('a', { 'content-type': 'text/plain', authorization: 'Basic x' })).status).toBe(415);
    expect(await count()).toBe(before);
  });
});
