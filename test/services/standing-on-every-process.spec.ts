import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, Client } from '../support/client.js';
import { anEmptyDatabase } from '../support/database.js';
import { eventually } from '../support/jobs/eventually.js';
import { aFreePort, PrivateRedis } from '../support/jobs/private-redis.js';
import { DATABASE_SERVER } from '../support/jobs/services.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(120_000);

const ADMIN = { email: 'admin@example.com', password: 'First-admin-1' };
const PASSWORD = 'Correct-horse-2';

interface Made {
  id: number;
  version: number;
}
interface Application extends Made {
  clientId: string;
  clientSecret: string;
  secrets: { id: number }[];
}
interface Ready {
  status: string;
}

describe('A change on one of two HTTP processes', () => {
  /** What has to end after the test, even when its beginning failed; the last first. */
  const begun: (() => Promise<unknown>)[] = [];
  let redis: PrivateRedis;
  /** Changes are made at the first process and looked for at the other, where everything has been asked before. */
  let admin: Client;
  let other: Client;
  let person: Made & { email: string };
  let session: Client;
  let roleId: number;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'processes-'));
    begun.push(() => rm(folder, { recursive: true, force: true }));
    const database = await anEmptyDatabase(DATABASE_SERVER);
    begun.push(() => database.drop());
    redis = await PrivateRedis.start();
    begun.push(() => redis.end());
    const shared = {
      ...{ DATABASE_URL: database.settings.location, REDIS_URL: redis.url, ADMIN_PASSWORD: ADMIN.password, LOG_LEVEL: 'warn' },
      ...{ PUBLIC_URL: 'http://localhost', SESSION_SECRET: 'the-same-in-every-process-of-this-test', NODE_ENV: 'production' },
    };
    await ProductProcess.run('src/commands/keys.ts', folder, shared);
    await ProductProcess.run('src/commands/migrate.ts', folder, shared);
    const aServer = async () => {
      const port = await aFreePort();
      const server = new ProductProcess('src/main.ts', folder, { ...shared, PORT: String(port) });
      begun.push(() => server.stop());
      await server.prints('Customer Identity is up');
      return new Client(`http://127.0.0.1:${port}`);
    };
    const [one, two] = [await aServer(), await aServer()];
    const { accessToken } = take(await one.post<{ accessToken: string }>('/admin/api/auth/login', ADMIN));
    admin = one.as(accessToken);
    other = two;
    const found = await admin.get<{ items: Made[] }>('/admin/api/customer-user-roles?filter[code]=ROLE_FRONTEND_BUYER');
    roleId = take(found).items[0]?.id ?? 0;
  });
  afterAll(async () => {
    for (const end of begun.reverse()) await end();
  });
  beforeEach(async () => {
    person = await aPerson();
    session = await logIn();
    // The other process remembers him from now on.
    await me();
  });

  let made = 0;
  const aPerson = async () => {
    const email = `person-${(made += 1)}@acme.example`;
    const draft = { email, firstName: 'Amanda', lastName: 'Cole', enabled: true, confirmed: true, password: PASSWORD, roleIds: [roleId] };
    return { email, ...take(await admin.post<Made>('/admin/api/customer-users', draft)) };
  };
  const logIn = async () => {
    const tokens = await other.post<{ accessToken: string }>('/api/auth/login', { email: person.email, password: PASSWORD });
    return other.as(take(tokens).accessToken);
  };
  const me = async (who = session) => (await who.get('/api/me/permissions')).status;
  const act = async (path: string, body?: object) => take(await admin.post<Made>(`/admin/api/${path}`, body));
  const disable = () => act(`customer-users/${person.id}/disable`);
  const enable = () => act(`customer-users/${person.id}/enable`);
  const anApplication = async () => act(`customer-users/${person.id}/oauth-applications`, { name: `ERP ${made}` }) as Promise<Application>;
  const identityOf = ({ clientId, clientSecret }: Application) => ({ client_id: clientId, client_secret: clientSecret });
  const aToken = async (application: Application) => {
    const body = { grant_type: 'client_credentials', ...identityOf(application) };
    return take(await other.post<{ access_token: string }>('/oauth2-token', body)).access_token;
  };
  const ready = async (server: Client) => (await server.get<Ready>('/health/ready')).body.status;

  it('of a person is seen on the other with the next request, twenty times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      await disable();
      expect(await me()).toBe(401);
      await enable();
      session = await logIn();
      expect(await me()).toBe(200);
    }
  });

  it('of his roles is seen on the other with the next request', async () => {
    const levels = async () => {
      const { permissions } = take(await session.get<{ permissions: Record<string, Record<string, string>> }>('/api/me/permissions'));
      return Object.values(permissions).flatMap((actions) => Object.values(actions));
    };
    expect((await levels()).some((level) => level !== 'none')).toBe(true);
    const visitor = await admin.get<{ items: Made[] }>('/admin/api/customer-user-roles?filter[code]=ROLE_FRONTEND_ANONYMOUS');
    const [role] = take(visitor).items;

    take(await admin.patch(`/admin/api/customer-users/${person.id}`, { roleIds: [role?.id] }));

    expect((await levels()).every((level) => level === 'none')).toBe(true);
  });

  it('of an application ends its tokens on the other with the next request', async () => {
    const [one, two, three] = [await anApplication(), await aPersonWithApplication(), await aPersonWithApplication()];
    const tokens = await Promise.all([one, two, three].map(aToken));
    const statuses = () => Promise.all(tokens.map((token) => me(other.as(token))));
    expect(await statuses()).toEqual([200, 200, 200]);

    await act(`oauth-applications/${one.id}/deactivate`);
    expect(await statuses()).toEqual([401, 200, 200]);
    take(await new Client(admin.url).post('/oauth2/revoke', { token: tokens[1], ...identityOf(two) }));
    expect(await statuses()).toEqual([401, 401, 200]);
    await act(`oauth-applications/${three.id}/secrets`, {});
    expect(await statuses()).toEqual([401, 401, 200]);
    await disable();
    expect(await statuses()).toEqual([401, 401, 401]);
  });

  it('is seen by requests that are under way all the time', async () => {
    const answers: { at: number; status: number }[] = [];
    let going = true;
    const asking = Array.from({ length: 4 }, async () => {
      while (going) {
        const at = performance.now();
        answers.push({ at, status: await me() });
      }
    });
    await disable();
    const answered = performance.now();
    for (let more = 0; more < 20; more += 1) await me();
    going = false;
    await Promise.all(asking);

    const after = answers.filter(({ at }) => at > answered);
    expect(after.length).toBeGreaterThan(10);
    expect(after.filter(({ status }) => status !== 401)).toEqual([]);
  });

  it('is seen when Redis has been emptied since, or before', async () => {
    await redis.send('FLUSHALL');
    await disable();
    expect(await me()).toBe(401);
    await enable();
    session = await logIn();
    expect(await me()).toBe(200);
    await disable();
    await redis.send('FLUSHALL');
    expect(await me()).toBe(401);
  });

  it('is seen while Redis is gone, and once it is back', async () => {
    await redis.end();
    try {
      await disable();
      expect(await me()).toBe(401);
      await enable();
      session = await logIn();
      expect(await me()).toBe(200);
      await disable();
    } finally {
      await redis.begin();
    }
    expect(await me()).toBe(401);
    await eventually(async () => (await ready(admin)) === 'ok' && (await ready(other)) === 'ok', 'both have Redis back');
    expect(await me()).toBe(401);
    await enable();
    session = await logIn();
    expect(await me()).toBe(200);
    await disable();
    expect(await me()).toBe(401);
  });

  it('is seen while Redis answers and takes no writes, which both processes tell', async () => {
    const token = other.as(await aToken(await anApplication()));
    expect([await me(), await me(token)]).toEqual([200, 200]);
    await redis.send('CONFIG SET maxmemory 1');
    try {
      await disable();
      expect([await me(), await me(token)]).toEqual([401, 401]);
      expect([await ready(admin), await ready(other)]).toEqual(['degraded', 'degraded']);
    } finally {
      await redis.send('CONFIG SET maxmemory 0');
    }
    await eventually(async () => (await ready(admin)) === 'ok' && (await ready(other)) === 'ok', 'both have Redis back');
    expect([await me(), await me(token)]).toEqual([401, 401]);
  });

  it('is seen whenever Redis comes back, be it between the change and its answer', async () => {
    for (let round = 0; round < 5; round += 1) {
      expect(await me()).toBe(200);
      await redis.end();
      const changed = disable();
      await redis.begin();
      await me();
      await changed;
      expect(await me()).toBe(401);
      await enable();
      session = await logIn();
    }
  });

  async function aPersonWithApplication(): Promise<Application> {
    person = await aPerson();
    return anApplication();
  }
});

function take<T>({ status, body }: Answer<T>): T {
  if (status >= 300) throw new Error(`It answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
