import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { configurationOf, readEnvironment } from '../../src/platform/config/index.js';
import { prepare } from '../../src/start.js';
import type { BareOrder, BareRoute } from './bare.js';
import type { Driven, DriveOrder } from './driver.js';
import { ask, launch, stop, stopAll } from './processes.js';
import { record } from './recording.js';
import { figuresOf, type Measured, printTable } from './report.js';
import { creating, type Place, reading, type Scenario } from './scenarios.js';
import { aFolder, ADMIN, type BenchDatabase, connection, databaseOf, dropDatabase, logIn, startServer, withBufferPool } from './server.js';

const HELP = `Measures the API on MariaDB beside its limit: a bare Fastify route with the same statements through mysql2.

  npm run bench:api -- --customer-users 0,100000,1000000 --seconds 5 --rounds 2 --connections 8 --buffer-pool 2147483648

The server is that of BENCH_DATABASE_URL (mariadb://root@127.0.0.1:3306). Databases of more than 0 customer users are kept for the
next run; --drop drops them. --only <text> runs the scenarios whose name has it.
`;

const { values } = parseArgs({
  options: {
    'customer-users': { type: 'string', default: '0,100000,1000000' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '8' },
    'buffer-pool': { type: 'string' },
    only: { type: 'string', default: '' },
    drop: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/** An id and a number that nothing else in the statements of a request is. */
const [MARK, UNIQUE] = [76_543, 909_090_909];

async function scenariosOf({ people, url }: BenchDatabase): Promise<{ scenarios: Scenario[]; customerId: number }> {
  const database = await connection(new URL(url).pathname.slice(1));
  const one = async <T>(sql: string) => ((await database.query(sql))[0] as T[])[0];
  const customerId = Number((await one<{ id: number }>('SELECT MIN(id) AS id FROM customers'))?.id ?? 0);
  const half = `SELECT id, last_name_lower AS lastNameLower FROM customer_users ORDER BY last_name_lower, id LIMIT 1 OFFSET ${Math.floor(people / 2)}`;
  const middle = people > 0 ? await one<Place['middle']>(half) : undefined;
  await database.end();
  const reads = middle ? reading({ people, customerId, middle: { ...middle, id: Number(middle.id) } }) : [];
  return { scenarios: [creating(customerId), ...reads].filter(({ name }) => name.includes(values.only)), customerId };
}

/** What the bare server has to do for each of the scenarios. */
async function routesOf(database: BenchDatabase, scenarios: readonly Scenario[]): Promise<BareRoute[]> {
  const configuration = configurationOf(readEnvironment(database.environment));
  const app = await prepare(configuration, 'http');
  await app.init();
  const { body } = await app.inject({ method: 'POST', url: '/admin/api/auth/login', payload: ADMIN });
  const { accessToken } = JSON.parse(body) as { accessToken: string };
  const id = Math.min(MARK, Math.max(database.people, 1));
  const routes: BareRoute[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const unique = UNIQUE * 1_000 + index + (Date.now() % 1_000_000) * 10;
    const { statements, body: answer } = await record(app, accessToken, scenario, id, unique);
    const made = scenario.method === 'POST' ? (answer as { id: number }).id : id;
    const { method } = scenario;
    routes.push({ path: `/${index}/${method === 'GET' ? ':id' : ':unique'}`, method, statements, id: made, unique });
  }
  await app.close();
  return routes;
}

let nextUnique = Date.now() * 1_000;

async function measure(database: BenchDatabase, bufferPool: number): Promise<void> {
  const { scenarios } = await scenariosOf(database);
  const routes = await routesOf(database, scenarios);
  const product = await startServer(database);
  const bare = launch('bare.ts');
  const order: BareOrder = { database: database.url.replace(/^mariadb:/, 'mysql:'), routes };
  const { address } = await ask<{ address: string }>(bare, order);
  const driver = launch('driver.ts');
  const token = await logIn(product.url);
  const run = async (scenario: Scenario, url: string, seconds: number): Promise<Driven> => {
    const { method, body } = scenario;
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
    const sent: DriveOrder = {
      ...{ url, method, headers, body: body && JSON.stringify(body) },
      ...{ connections: Number(values.connections), seconds, ids: Math.max(database.people, 1), firstUnique: nextUnique },
    };
    const driven = await ask<Driven>(driver, sent);
    nextUnique += driven.requests + 1_000_000;
    if (driven.failed > 0) console.warn(`${driven.failed} of ${driven.requests} requests failed: ${method} ${url}`);
    return driven;
  };
  const measured: Measured[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    const route = routes[index];
    if (!route) continue;
    const urls = { product: `${product.url}${scenario.path}`, bare: `${address}${route.path}` };
    const rounds: Record<keyof typeof urls, Driven[]> = { product: [], bare: [] };
    for (const side of ['product', 'bare'] as const) await run(scenario, urls[side], 1);
    for (let round = 0; round < Number(values.rounds); round++)
      for (const side of ['product', 'bare'] as const) rounds[side].push(await run(scenario, urls[side], Number(values.seconds)));
    const both = { product: figuresOf(rounds.product), bare: figuresOf(rounds.bare) };
    measured.push({ scenario, statements: route.statements.length, ...both });
    process.stdout.write('.');
  }
  for (const child of [driver, bare, product.child]) await stop(child);
  const pool = `innodb_buffer_pool_size ${Math.round(bufferPool / 2 ** 20)} MiB`;
  printTable(`${database.people} customer users, ${values.connections} connections, ${pool}`, measured);
}

async function bench(): Promise<void> {
  if (values.help) return console.log(HELP);
  console.log('The product checks the session and the rights of each request; the bare route does without the statements for that.');
  const folder = await aFolder();
  try {
    await withBufferPool(values['buffer-pool'] === undefined ? undefined : Number(values['buffer-pool']), async (bufferPool) => {
      for (const people of values['customer-users'].split(',').map(Number)) {
        if (people === 0) await dropDatabase(people);
        await measure(await databaseOf(people, folder.path), bufferPool);
        if (people === 0 || values.drop) await dropDatabase(people);
      }
    });
  } finally {
    await stopAll();
    await folder.remove();
  }
}

await bench();
