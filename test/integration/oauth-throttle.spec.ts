import { MOST_FAILURES } from '../../src/oauth/tokens/failed-tries.js';
import { Housekeeping } from '../../src/platform/jobs/index.js';
import { type ApplicationBody, credentialsOf, OAuthApp } from '../support/oauth-app.js';

describe('Whoever cannot authenticate', () => {
  let app: OAuthApp;
  let application: ApplicationBody;
  const addresses = (function* () {
    for (let host = 1; ; host++) yield `192.0.2.${host}`;
  })();
  const anAddress = () => addresses.next().value ?? '';
  const fail = (clientId: string, from: string, at = app) =>
    at.ask({ ...credentialsOf(application), client_id: clientId, client_secret: 'wrong' }, {}, from);

  /** Fails until that is limited; over the end of a minute if need be, where the count begins anew. */
  async function failUntilLimited(clientId: () => string, from: () => string, most: number) {
    for (let tries = 1; tries <= 2 * most + 2; tries++) {
      const answer = await fail(clientId(), from());
      if (answer.status === 429) return { ...answer, tries };
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    }
    throw new Error('It was never limited.');
  }

  beforeAll(async () => {
    app = await OAuthApp.start();
    application = await app.anApplication('ERP connector');
  });
  afterAll(() => app.close());

  it.each([
    ['a client that there is', () => application.clientId],
    ['a client that there is not', () => 'nobody'],
  ])('is told to wait after too many failures in the name of %s, from wherever', async (_case, clientId) => {
    const { tries, body, headers } = await failUntilLimited(clientId, anAddress, MOST_FAILURES.client);
    expect(tries).toBeGreaterThan(MOST_FAILURES.client);
    expect(body).toMatchObject({ error: 'temporarily_unavailable' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  it('is told to wait after too many failures from one source, whatever clients it names, on every process', async () => {
    const elsewhere = await app.another();
    const from = anAddress();
    let client = 0;
    await failUntilLimited(
      () => `client-${client++}`,
      () => from,
      MOST_FAILURES.source,
    );
    expect((await fail('one-more', from, elsewhere)).status).toBe(429);
    expect((await fail('one-more', anAddress(), elsewhere)).status).toBe(401);
  });

  it('locks nobody out: neither the client that he named nor those behind his address', async () => {
    const from = anAddress();
    await failUntilLimited(
      () => application.clientId,
      () => from,
      MOST_FAILURES.client,
    );
    expect((await fail(application.clientId, from)).status).toBe(429);
    expect((await app.ask(credentialsOf(application), {}, from)).status).toBe(200);
    expect((await app.ask(credentialsOf(application), {}, anAddress())).status).toBe(200);
    const neighbour = await app.anApplication('Neighbour');
    expect((await app.ask(credentialsOf(neighbour), {}, from)).status).toBe(200);
  });

  it('is forgotten with his count', async () => {
    await fail('forgotten', anAddress());
    await app.execute(`UPDATE oauth_failed_tries SET ends_at = '2020-01-01 00:00:00.000'`);
    await app.execute(
      `INSERT INTO oauth_revoked_tokens (jti, expires_at) VALUES ('old', '2020-01-01 00:00:00.000'), ('new', '2099-01-01 00:00:00.000')`,
    );
    await app.http.get(Housekeeping, { strict: false }).run();
    expect(await app.execute('SELECT id FROM oauth_failed_tries')).toEqual([]);
    expect(await app.execute('SELECT jti FROM oauth_revoked_tokens')).toEqual([{ jti: 'new' }]);
  });
});
