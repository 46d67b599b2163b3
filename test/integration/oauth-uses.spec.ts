import { setImmediate } from 'node:timers/promises';
import { ClientUses } from '../../src/oauth/applications/client-uses.js';
import { eventually } from '../support/jobs/eventually.js';
import { type ApplicationBody, OAuthApp } from '../support/oauth-app.js';

describe('Uses of applications', () => {
  let app: OAuthApp;
  beforeAll(async () => {
    app = await OAuthApp.start();
  });
  afterAll(() => app.close());

  const lastUse = async ({ id }: ApplicationBody) => {
    // SQLite answers without ever letting timers have their turn.
    await setImmediate();
    const [row] = (await app.execute(`SELECT last_used_at AS at FROM oauth_applications WHERE id = ${id}`)) as { at: unknown }[];
    return row?.at ?? null;
  };

  const attemptsOf = ({ clientId }: ApplicationBody) =>
    app.execute(`SELECT success, ip FROM login_attempts WHERE username = '${clientId}' ORDER BY id`) as Promise<object[]>;

  it('are written behind the request, all of a batch at once, by themselves', async () => {
    const used = await Promise.all(['One', 'Two', 'Three'].map((name) => app.anApplication(name)));
    const tokens = await Promise.all(used.flatMap((application) => [app.tokenOf(application), app.tokenOf(application)]));
    expect(new Set(tokens).size).toBe(6);
    // Six tokens may take more than the moment that a batch waits for: all of them are written in the end.
    const attempts = async () => (await Promise.all(used.map(attemptsOf))).flat();
    await eventually(async () => (await attempts()).length === 6, 'all six uses are in the log of attempts');
    expect(await Promise.all(used.map(lastUse))).not.toContain(null);
    for (const application of used)
      expect(await attemptsOf(application)).toMatchObject([
        { success: 1, ip: '127.0.0.1' },
        { success: 1, ip: '127.0.0.1' },
      ]);
  });

  it('are shown at once to whoever looks at an application', async () => {
    const used = await app.anApplication('Looked at');
    await app.tokenOf(used);
    const { body } = await app.act<ApplicationBody>('GET', `/oauth-applications/${used.id}`);
    expect(body.lastUsedAt).not.toBeNull();
    expect(body.version).toBe(used.version);
  });

  it('are not lost when a process stops', async () => {
    const stopping = await app.another();
    const used = await app.anApplication('Last words');
    await stopping.tokenOf(used);
    await stopping.http.get(ClientUses).beforeApplicationShutdown();
    expect(await lastUse(used)).not.toBeNull();
    // What is still under way is written before it is answered.
    const late = await app.anApplication('Later still');
    await stopping.tokenOf(late);
    expect(await lastUse(late)).not.toBeNull();
  });

  it('wait for a database that would not have them', async () => {
    const used = await app.anApplication('Patient');
    await app.execute('ALTER TABLE login_attempts RENAME TO login_attempts_away');
    await app.tokenOf(used);
    await app.http.get(ClientUses).flush();
    expect(await lastUse(used)).toBeNull();
    await app.execute('ALTER TABLE login_attempts_away RENAME TO login_attempts');
    await app.http.get(ClientUses).flush();
    expect(await lastUse(used)).not.toBeNull();
  });

  it.each(['introspect', 'revoke'])('are those of secrets that %s tokens as well, which the log of attempts need not tell', async (act) => {
    const asking = await app.anApplication(`Would ${act}`);
    const payload = { token: 'any', client_id: asking.clientId, client_secret: asking.clientSecret };

    expect((await app.call('POST', `/oauth2/${act}`, { payload })).status).toBe(200);
    await app.http.get(ClientUses).flush();

    const { body } = await app.act<ApplicationBody>('GET', `/oauth-applications/${asking.id}`);
    expect([body.lastUsedAt, body.secrets[0]?.lastUsedAt]).toEqual([expect.any(String), expect.any(String)]);
    expect(await attemptsOf(asking)).toEqual([]);
  });

  it('of an application that was deleted meanwhile hold nobody up', async () => {
    const gone = await app.anApplication('Gone');
    const kept = await app.anApplication('Kept');
    await Promise.all([app.tokenOf(gone), app.tokenOf(kept)]);
    await app.act('DELETE', `/oauth-applications/${gone.id}`);
    await app.http.get(ClientUses).flush();
    expect(await lastUse(kept)).not.toBeNull();
  });
});
