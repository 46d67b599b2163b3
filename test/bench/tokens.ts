import { parseArgs } from 'node:util';
import type { SigningOrder } from './bare-signing.js';
import { aKey, compare, type Contender, inOAuthWorld, opened } from './oauth-world.js';

const HELP = `Measures the token endpoint on MariaDB and Redis beside its limits: a bare node:http server that does nothing but sign RS256,
on the thread that serves and beside it.

  npm run bench:tokens -- --seconds 5 --rounds 2 --connections 8

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

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function bench(): Promise<void> {
  if (values.help) return console.log(HELP);
  await inOAuthWorld(async ({ url, pid, credentials }) => {
    const key = aKey();
    const bare = (synchronous: boolean) => opened('bare-signing.ts', { key, synchronous } satisfies SigningOrder);
    const post = (name: string, server: { address: string; pid: number | undefined }): Contender => ({
      ...{ name, url: server.address, pid: server.pid },
      ...{ method: 'POST', headers: FORM, body: credentials },
    });
    const contenders = [
      post('bare node:http, signs synchronously', await bare(true)),
      post('bare node:http, signs asynchronously', await bare(false)),
      post('POST /oauth2-token (aim: 0.9)', { address: `${url}/oauth2-token`, pid }),
    ];
    const load = { seconds: Number(values.seconds), rounds: Number(values.rounds), connections: Number(values.connections) };
    await compare('Access tokens', contenders, load);
  });
}

await bench();
