import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { finished, launchBuilt } from './processes.js';

export const ADMIN = { email: 'admin@example.com', password: 'Correct-horse-1' };

export const BUFFER_POOL = 'innodb_buffer_pool_size';

/** A server's database for the benchmark, and the environment of processes that use it. */
export interface BenchDatabase {
  readonly url: string;
  readonly environment: Record<string, string>;
  readonly people: number;
}

/** Where nothing else says so, on this machine. */
export const SERVER = process.env['BENCH_DATABASE_URL'] ?? 'mariadb://root@127.0.0.1:3306';

export const connection = (database = ''): Promise<Connection> =>
  createConnection({ uri: `${SERVER.replace(/^mariadb:/, 'mysql:')}/${database}`, supportBigNumbers: true, jsonStrings: true });

/** The database with so many customer users: made now, or kept from an earlier run. */
export async function databaseOf(people: number, folder: string): Promise<BenchDatabase> {
  const { name, ...database } = await migratedDatabase(String(people), folder);
  const server = await connection();
  const [rows] = await server.query(`SELECT COALESCE(MAX(id), 0) AS last FROM ${name}.customer_users`);
  const { last } = (rows as { last: number | string }[])[0] ?? { last: 0 };
  await server.end();
  // An empty one has a customer and one of its people, for there has to be somebody to act for.
  const wanted = Math.max(people, 1);
  if (Number(last) < wanted) await finished(launchBuilt('commands/seed-load.js', database.environment, '--customer-users', String(wanted)));
  return { ...database, people };
}

/** A database of that name for the benchmark, made now or kept from an earlier run, with the tables of now. */
export async function migratedDatabase(suffix: string, folder: string) {
  const name = `customer_identity_bench_${suffix}`;
  const server = await connection();
  await server.query(`CREATE DATABASE IF NOT EXISTS ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await server.end();
  const url = `${SERVER}/${name}`;
  const environment = {
    DATABASE_URL: url,
    DATA_DIR: folder,
    KEYS_DIR: join(folder, 'keys'),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'error',
  };
  await finished(launchBuilt('commands/migrate.js', environment));
  return { name, url, environment };
}

export async function dropDatabase(suffix: number | string): Promise<void> {
  const server = await connection();
  await server.query(`DROP DATABASE IF EXISTS customer_identity_bench_${suffix}`);
  await server.end();
}

/** Gives the server another buffer pool while `work` runs, where it lets us. Tells its size in bytes. */
export async function withBufferPool<T>(wanted: number | undefined, work: (size: number) => Promise<T>): Promise<T> {
  const server = await connection();
  const size = async () => {
    const [rows] = await server.query(`SELECT @@${BUFFER_POOL} AS size`);
    return Number((rows as { size: number | string }[])[0]?.size ?? 0);
  };
  const before = await size();
  try {
    if (wanted !== undefined)
      await server.query(`SET GLOBAL ${BUFFER_POOL} = ${wanted}`).catch((error: Error) => console.warn(error.message));
    return await work(await size());
  } finally {
    if ((await size()) !== before) await server.query(`SET GLOBAL ${BUFFER_POOL} = ${before}`);
    await server.end();
  }
}

export async function aFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'bench-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export const aFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Starts the built product and logs its admin in. */
export async function startServer({ environment }: Pick<BenchDatabase, 'environment'>) {
  const port = await aFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = launchBuilt('main.js', { ...environment, PORT: String(port), PUBLIC_URL: url });
  for (;;) {
    if (child.exitCode !== null) throw new Error('The product did not start.');
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.status === 200) return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/admin/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
