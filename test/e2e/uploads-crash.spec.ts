import { once } from 'node:events';
import { request } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from '../support/client.js';
import { multipart } from '../support/imports/multipart.js';
import { eventually } from '../support/jobs/eventually.js';
import { aFreePort } from '../support/jobs/private-redis.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(180_000);

const CREDENTIALS = { email: 'admin@example.com', password: 'First-admin-1' };
const JOB = 'files.remove-unheld-file';

describe('A server that is killed between the file of an upload and its row', () => {
  let folder: string;
  let port: number;
  let server: ProductProcess | undefined;
  let token: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'uploads-'));
    port = await aFreePort();
    await ProductProcess.run('src/commands/keys.ts', folder, environment());
    await ProductProcess.run('src/commands/migrate.ts', folder, environment());
    layStall();
    await start();
    const client = new Client(`http://localhost:${port}`);
    token = (await client.post<{ accessToken: string }>('/admin/api/auth/login', CREDENTIALS)).body.accessToken;
    const draft = { email: 'amanda@acme.example', firstName: 'Amanda', lastName: 'Cole', enabled: false };
    // The first, whose id is 1.
    await client.as(token).post('/admin/api/customer-users', draft);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = () => ({ PORT: String(port), ADMIN_PASSWORD: CREDENTIALS.password, LOG_LEVEL: 'warn' });
  const start = async () => {
    server = new ProductProcess('src/main.ts', folder, environment());
    await server.prints('Customer Identity is up');
  };
  // Waits for what the server writes: without a timeout SQLite refuses at once.
  const database = () => new Database(join(folder, 'data', 'customer-identity.sqlite'), { timeout: 10_000 });
  /** Makes a row take forever while there is one in `stalls`. Not later: a change of the schema breaks what the server has under way. */
  const layStall = () => {
    const other = database();
    other.exec('CREATE TABLE stalls (id INTEGER)');
    other.exec('CREATE VIEW numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n');
    for (const table of ['attachments', 'imports'])
      other.exec(
        `CREATE TRIGGER stall_${table} BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM stalls) BEGIN SELECT COUNT(*) FROM numbers; END`,
      );
    other.close();
  };
  const kept = async () =>
    (await readdir(join(folder, 'data', 'files'), { recursive: true })).filter((name) => /^..\/[\da-f-]{36}$/.test(name)).sort();
  const jobs = (from: ReturnType<typeof database>) =>
    from.prepare('SELECT status FROM jobs WHERE name = ?').all(JOB) as { status: string }[];

  it.each([
    { table: 'attachments', path: '/admin/api/customer-users/1/attachments', file: Buffer.alloc(200_000, 'a') },
    {
      table: 'imports',
      path: '/admin/api/imports',
      // Every name once: what a file has more than once is kept in a file of its own.
      file: `Name\n${Array.from({ length: 5_000 }, (_, i) => `Customer ${i}\n`).join('')}`,
      fields: { entity: 'customers', mode: 'validate' },
    },
  ])('leaves a file that a day later is gone, and those of $table are there', async ({ table, path, ...form }) => {
    const { body, type } = multipart(form);
    const send = () => {
      const upload = request({ port, path, method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type } });
      upload.on('error', () => undefined);
      return upload;
    };
    const other = database();
    const others = jobs(other).length;

    const whole = send().end(body);
    const [answer] = (await once(whole, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(201);
    // What an import does with its file is not what is looked at.
    const importing = other.prepare("SELECT id FROM jobs WHERE name = 'import-export.run-import' AND status <> 'done'");
    await eventually(() => importing.all().length === 0, 'the first import is over');
    const before = await kept();

    const half = send();
    half.write(body.subarray(0, -10));
    await eventually(() => jobs(other).length === others + 2, 'the second file is expected');
    // The row takes forever from now on, the file does not.
    other.exec('INSERT INTO stalls (id) VALUES (1)');
    half.end(body.subarray(-10));
    await eventually(async () => (await kept()).length === before.length + 1, 'the file is whole');
    await server?.stop('SIGKILL');
    other.exec('DELETE FROM stalls');
    expect(other.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()).toMatchObject({ n: 1 });
    other.prepare('UPDATE jobs SET due_at = created_at WHERE name = ?').run(JOB);

    await start();
    await eventually(() => jobs(other).every(({ status }) => status === 'done'), 'the files are looked at');
    other.close();
    expect(await kept()).toEqual(before);
  });
});
