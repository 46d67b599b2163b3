import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../support/client.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(240_000);

describe('The demo', () => {
  let folder: string;
  const began: ProductProcess[] = [];
  const leftBehind = async () => (await readdir(folder)).filter((name) => name.startsWith('customer-identity-demo'));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
  });
  afterEach(async () => {
    for (const one of began.splice(0)) await one.stop('SIGINT');
    await rm(folder, { recursive: true, force: true });
  });

  it('walks the journey with --exit, shows what happens, and leaves nothing behind', async () => {
    const printed = await ProductProcess.run('src/commands/demo.ts', folder, { TMPDIR: folder }, '--exit');

    expect(printed.match(/^\d+\. .*/gm)).toEqual([
      '1. Log in as the admin',
      '2. Load demo companies',
      '3. Create a customer, and a customer user who gets a mail',
      '4. She logs in at the storefront',
      '5. Import 2000 customer users from a CSV file',
      '6. An OAuth application acts for her, until it is deactivated',
      '7. She accepts a consent',
      '8. Export everybody, and import that file again: nothing changes',
    ]);
    expect(printed).toMatch(/→ POST \/admin\/api\/customers\n.*Acme Industrial.*\n← 201 Created {2}location: \/admin\/api\/customers\/\d+/);
    expect(printed).toMatch(/✉ Mail to .*amanda\.cole@.*: Your account at Default is ready\n.*\/account\/set-password\?token=/);
    expect(printed).toMatch(/100 % {2}completed-with-errors: 2000 of 2000 rows read, 16 of them bad/);
    expect(printed).toContain('row 125, Email Address: not a valid email address (');
    expect(printed).toMatch(/✉ Mail to .*admin@example\.com.*: Import of people\.csv: 16 rows failed/);
    expect(printed).toMatch(
      /The live token is refused at once:\n→ GET \/api\/me\n← 401 Unauthorized {2}www-authenticate: Bearer error="invalid_token"/,
    );
    expect(printed).toMatch(/"read": 2005, "added": 0, "replaced": 0, "unchanged": 2005, "deleted": 0, "failed": 0/);
    expect(await leftBehind()).toEqual([]);
  });

  it('leaves the server running until Ctrl+C, for whoever logs in or seeds it again', async () => {
    const demo = new ProductProcess('src/commands/demo.ts', folder, { TMPDIR: folder });
    began.push(demo);
    await demo.prints('Press Ctrl+C to stop the server and remove its data.');
    const [, url = ''] = /Server: +(\S+)/.exec(demo.printed) ?? [];
    const [, email, password = ''] = /Admin: +(\S+) \/ (\S+)/.exec(demo.printed) ?? [];
    const [, person, herPassword] = /Customer user: +(\S+) \/ (\S+)/.exec(demo.printed) ?? [];

    const server = new Client(url);
    expect((await server.post('/api/auth/login', { email: person, password: herPassword })).status).toBe(200);
    expect((await server.get('/docs/admin')).status).toBe(200);
    const again = await ProductProcess.run('src/commands/seed-demo.ts', folder, {
      PUBLIC_URL: url,
      ADMIN_EMAIL: email ?? '',
      ADMIN_PASSWORD: password,
    });
    expect(again).toContain('Bauer & Sohn Werkzeuge GmbH: 0 people added, 3 there already');

    expect(await demo.stop('SIGINT')).toBe(0);
    expect(demo.printed).toMatch(/The server is stopped, and its data in .* is removed\.\n$/);
    expect(await leftBehind()).toEqual([]);
    await expect(server.get('/health/live')).rejects.toThrow('fetch failed');
  });
});
