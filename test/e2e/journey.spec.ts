import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { aFreePort } from '../support/jobs/private-redis.js';
import { itWalksTheJourney, Journey } from '../support/journey.js';
import { outboxOf } from '../support/mails.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(180_000);

describe('The journey with nothing configured: one process, SQLite, an outbox folder', () => {
  const credentials = { email: 'admin@example.com', password: 'First-admin-1' };
  let folder: string;
  let server: ProductProcess | undefined;
  let journey: Journey;
  let client: Client;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journey-'));
    const port = await aFreePort();
    const environment = { PORT: String(port), ADMIN_PASSWORD: credentials.password, LOG_LEVEL: 'info' };
    await ProductProcess.run('src/commands/keys.ts', folder, environment);
    await ProductProcess.run('src/commands/migrate.ts', folder, environment);
    server = new ProductProcess('src/main.ts', folder, environment);
    await server.prints('Customer Identity is up');
    client = new Client(`http://localhost:${port}`);
    journey = new Journey(client, credentials, outboxOf(join(folder, 'data', 'outbox')));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  itWalksTheJourney(() => journey);

  it('writes no warning, and no secret, on the way', () => {
    expect(server?.printed).not.toMatch(/"level":[456]0/);
    expect(server?.printed).not.toContain(credentials.password);
  });

  it('ends when it is asked to, with its last request in the log', async () => {
    await client.get('/admin/api/the-last-request');

    expect(await server?.stop()).toBe(0);
    expect(server?.printed).toMatch(/"path":"\/admin\/api\/the-last-request","status":404.*\n$/);
  });
});
