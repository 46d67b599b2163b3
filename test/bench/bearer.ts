import { parseArgs } from 'node:util';
import type { BareOrder } from './bare.js';
import { compare, inOAuthWorld, opened } from './oauth-world.js';

const HELP = `Measures GET /api/me with the access token of an application, on MariaDB and Redis, beside a bare Fastify route with one select
by primary key.

  npm run bench:bearer -- --seconds 5 --rounds 2 --connections 8

The servers are those of BENCH_DATABASE_URL (mariadb://root@127.0.0.1:3306) and BENCH_REDIS_URL (redis://127.0.0.1:6379).
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '8' },
    help: { type: 'boolean' },
  },
});

async function bench(): Promise<void> {
  if (values.help) return console.log(HELP);
  await inOAuthWorld(async ({ url, pid, database, token, session, personId }) => {
    const select = { sql: 'SELECT * FROM customer_users WHERE id = ?', parameters: [personId] };
    const route = { path: '/0/:id', method: 'GET' as const, statements: [select], id: personId };
    const order: BareOrder = { database: database.replace(/^mariadb:/, 'mysql:'), routes: [route] };
    const bare = await opened('bare.ts', order);
    const get = (name: string, server: { address: string; pid: number | undefined }, shown?: string) => {
      const headers: Record<string, string> = shown === undefined ? {} : { authorization: `Bearer ${shown}` };
      return { name, url: server.address, pid: server.pid, method: 'GET' as const, headers };
    };
    const me = { address: `${url}/api/me`, pid };
    const contenders = [
      get('bare Fastify, one select by primary key', { ...bare, address: `${bare.address}/0/${personId}` }),
      get('GET /api/me, access token (aim: 0.5)', me, token),
      get('GET /api/me, session', me, session),
    ];
    const load = { seconds: Number(values.seconds), rounds: Number(values.rounds), connections: Number(values.connections) };
    await compare('A bearer token', contenders, load);
  });
}

await bench();
