import { generateKeyPairSync } from 'node:crypto';
import { processorSeconds } from './cpu.js';
import type { Driven, DriveOrder } from './driver.js';
import { ask, finished, launch, launchBuilt, stopAll } from './processes.js';
import { figuresOf } from './report.js';
import { aFolder, dropDatabase, logIn, migratedDatabase, startServer } from './server.js';

/** Where nothing else says so, on this machine; its keys carry the name of the database. */
const REDIS = process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379';
const PASSWORD = 'Correct-horse-2';
/** Two of these at a time do not meet. */
const NAME = `oauth_${process.pid}`;

/** The product on MariaDB and Redis, with an application that acts for a customer user. */
export interface OAuthWorld {
  readonly url: string;
  readonly pid: number | undefined;
  readonly environment: Record<string, string>;
  readonly database: string;
  /** A form for the token endpoint. */
  readonly credentials: string;
  readonly token: string;
  readonly session: string;
  readonly admin: string;
  readonly personId: number;
}

/** Runs `work` on a database and a server of its own, and ends all that was started. */
export async function inOAuthWorld(work: (world: OAuthWorld) => Promise<void>): Promise<void> {
  const folder = await aFolder();
  try {
    await dropDatabase(NAME);
    const { url: database, environment: given } = await migratedDatabase(NAME, folder.path);
    // With a line in the log for each request, as it is started.
    const environment = { ...given, REDIS_URL: REDIS, LOG_LEVEL: 'info' };
    await finished(launchBuilt('commands/keys.js', environment));
    const { url, child } = await startServer({ environment });
    await work({ url, pid: child.pid, environment: { ...environment, PUBLIC_URL: url }, database, ...(await anApplication(url)) });
  } finally {
    await stopAll();
    await dropDatabase(NAME);
    await folder.remove();
  }
}

async function anApplication(url: string) {
  const admin = await logIn(url);
  const post = async <T>(path: string, body: object, token?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const person = {
    email: 'bench@acme.example',
    firstName: 'Bench',
    lastName: 'Person',
    enabled: true,
    confirmed: true,
    password: PASSWORD,
  };
  const { id: personId } = await post<{ id: number }>('/admin/api/customer-users', person, admin);
  const path = `/admin/api/customer-users/${personId}/oauth-applications`;
  const { clientId, clientSecret } = await post<{ clientId: string; clientSecret: string }>(path, { name: 'Bench' }, admin);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const { access_token: token } = await post<{ access_token: string }>('/oauth2-token', form);
  const { accessToken: session } = await post<{ accessToken: string }>('/api/auth/login', { email: person.email, password: PASSWORD });
  return { credentials: new URLSearchParams(form).toString(), token, session, admin, personId };
}

/** A key of the kind that `npm run keys` makes. */
export const aKey = (): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

export interface Contender {
  readonly name: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  /** The process that answers. */
  readonly pid: number | undefined;
}

export interface Load {
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
}

/** Drives the contenders in turns, round by round, and prints what each did beside the first. */
export async function compare(title: string, contenders: readonly Contender[], { seconds, rounds, connections }: Load): Promise<void> {
  const driver = launch('driver.ts');
  const driven = new Map(contenders.map(({ name }) => [name, [] as Driven[]]));
  const processor = new Map<string, number>();
  for (let round = 0; round <= rounds; round++)
    for (const { name, pid, ...sent } of contenders) {
      // The first round is to warm up.
      const order: DriveOrder = { ...sent, connections, seconds: round === 0 ? 1 : seconds, ids: 1, firstUnique: 1 };
      const before = processorSeconds(pid);
      const result = await ask<Driven>(driver, order);
      if (result.failed > 0) console.warn(`${result.failed} of ${result.requests} requests failed: ${name}`);
      if (round === 0) continue;
      driven.get(name)?.push(result);
      processor.set(name, (processor.get(name) ?? 0) + processorSeconds(pid) - before);
    }
  const rows = contenders.map(({ name }) => {
    const results = driven.get(name) ?? [];
    const requests = results.reduce((sum, result) => sum + result.requests, 0);
    return { name, ...figuresOf(results), cost: ((processor.get(name) ?? Number.NaN) / requests) * 1_000 };
  });
  print(`${title}, ${connections} connections`, rows);
}

const HEAD = ['req/s', 'p50 ms', 'p99 ms', 'CPU ms each', 'ratio to the first'];

function print(title: string, rows: readonly { name: string; perSecond: number; p50: number; p99: number; cost: number }[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${title}\n${' '.repeat(width)}  ${HEAD.join('  ')}`);
  for (const { name, perSecond, p50, p99, cost } of rows) {
    const ratio = perSecond / (rows[0]?.perSecond ?? Number.NaN);
    const cells = [perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), cost.toFixed(2), ratio.toFixed(2)];
    console.log(`${name.padEnd(width)}  ${cells.map((cell, i) => cell.padStart(HEAD[i]?.length ?? 0)).join('  ')}`);
  }
}

/** A process of this folder that opens a server when it is told what to do. */
export async function opened(file: string, order: object): Promise<{ address: string; pid: number | undefined }> {
  const child = launch(file);
  return { ...(await ask<{ address: string }>(child, order)), pid: child.pid };
}
