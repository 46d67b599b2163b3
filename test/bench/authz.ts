import { parseArgs } from 'node:util';
import type { CheckOrder, GuardOrder } from './guarded.js';
import { compare, type Contender, inOAuthWorld } from './oauth-world.js';
import { ask, launch } from './processes.js';

const HELP = `Measures what it costs to let a request in, on MariaDB: checks a second of a token and a permission, with revisions in Redis and
in the process, and the same route with the guard and without it.

  npm run bench:authz -- --seconds 5 --rounds 2 --connections 8

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

/** Reads nothing, and asks nobody who calls. */
const ROUTE = '/admin/api/countries/AD/regions';

async function bench(): Promise<void> {
  if (values.help) return console.log(HELP);
  const seconds = Number(values.seconds);
  await inOAuthWorld(async ({ environment: onRedis, admin: token }) => {
    const { REDIS_URL: _none, ...alone } = onRedis;
    const open = async (environment: Record<string, string>, guarded: boolean) => {
      const child = launch('guarded.ts');
      const { address } = await ask<{ address: string }>(child, { environment, guarded } satisfies GuardOrder);
      return { child, address };
    };
    const servers = { redis: await open(onRedis, true), alone: await open(alone, true), open: await open(onRedis, false) };
    console.log('\nChecks of a token and a permission, warm: no statement');
    for (const [where, { child }] of [
      ['revisions in Redis', servers.redis],
      ['revisions in the process', servers.alone],
    ] as const)
      for (const together of [1, 50]) {
        await ask(child, { token, seconds: 0.5, together } satisfies CheckOrder);
        const { perSecond } = await ask<{ perSecond: number }>(child, { token, seconds, together } satisfies CheckOrder);
        console.log(`${where.padEnd(26)} ${String(together).padStart(2)} at a time ${perSecond.toFixed(0).padStart(8)}/s`);
      }
    const get = (name: string, { child, address }: (typeof servers)['open']): Contender => ({
      ...{ name, url: address + ROUTE, pid: child.pid },
      ...{ method: 'GET', headers: { authorization: `Bearer ${token}` } },
    });
    const contenders = [
      get('without the guard', servers.open),
      get('with it, revisions in the process', servers.alone),
      get('with it, revisions in Redis', servers.redis),
    ];
    await compare(`GET ${ROUTE}`, contenders, { seconds, rounds: Number(values.rounds), connections: Number(values.connections) });
  });
}

await bench();
