import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { anEmptyDatabase } from '../support/database.js';
import { aFreePort, PrivateRedis } from '../support/jobs/private-redis.js';
import { DATABASE_SERVER } from '../support/jobs/services.js';
import { itWalksTheJourney, Journey } from '../support/journey.js';
import { mailsIn } from '../support/mails.js';
import { ProductProcess } from '../support/product-process.js';
import { SmtpSink } from '../support/smtp-sink.js';

jest.setTimeout(90_000);

describe('The journey with MariaDB, Redis, one HTTP process, one worker and a mail server', () => {
  const credentials = { email: 'admin@example.com', password: 'First-admin-1' };
  /** What has to end after the test, even when its beginning failed; the last first. */
  const begun: (() => Promise<unknown>)[] = [];
  let server: ProductProcess;
  let worker: ProductProcess;
  let journey: Journey;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journey-'));
    begun.push(() => rm(folder, { recursive: true, force: true }));
    const database = await anEmptyDatabase(DATABASE_SERVER);
    begun.push(() => database.drop());
    const redis = await PrivateRedis.start();
    begun.push(() => redis.end());
    const sink = new SmtpSink();
    begun.push(() => new Promise<void>((resolve) => sink.close(resolve)));
    const port = await aFreePort();
    const shared = {
      ...{ DATABASE_URL: database.settings.location, REDIS_URL: redis.url, SMTP_URL: await sink.start() },
      ...{ PUBLIC_URL: `http://localhost:${port}`, ADMIN_PASSWORD: credentials.password, LOG_LEVEL: 'warn' },
      ...{ NODE_ENV: 'production', SESSION_SECRET: 'the-same-in-every-process-of-this-test' },
    };
    const environment = { ...shared, PORT: String(port) };
    await ProductProcess.run('src/commands/keys.ts', folder, environment);
    await ProductProcess.run('src/commands/migrate.ts', folder, environment);
    server = new ProductProcess('src/main.ts', folder, environment);
    begun.push(() => server.stop());
    // Started at once: which of them makes what the first start makes is nobody's concern.
    worker = new ProductProcess('src/worker.ts', folder, shared);
    begun.push(() => worker.stop());
    await Promise.all([server.prints('Customer Identity is up'), worker.prints('The worker is up.')]);
    journey = new Journey(new Client(shared.PUBLIC_URL), credentials, mailsIn(sink));
  });
  afterAll(async () => {
    for (const end of begun.reverse()) await end();
  });

  itWalksTheJourney(() => journey);

  it('writes no warning on the way, in either process', () => {
    for (const { printed } of [server, worker]) expect(printed).not.toMatch(/"level":[456]0/);
  });

  it('says of every process that it is ready', async () => {
    const { status, body } = await journey.anybody.get('/health/ready');

    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
  });
});
