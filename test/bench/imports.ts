import 'reflect-metadata';
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BareInserts, bareInserts } from './bare-inserts.js';
import { writePeopleFile } from './people-file.js';
import { stopAll } from './processes.js';
import { type Followed, followed, type Run } from './runs.js';
import { aFolder, dropDatabase, logIn, migratedDatabase, startServer, withBufferPool } from './server.js';

const HELP = `Measures imports of customer users on MariaDB, with Redis and a worker of their own, beside their limit in the same run:
the very rows that an import leaves, once more as multi-row INSERTs through mysql2.

  npm run bench:import -- --rows 10000,100000,1000000 --buffer-pool 2147483648

The servers are those of BENCH_DATABASE_URL (mariadb://root@127.0.0.1:3306) and BENCH_REDIS_URL (redis://127.0.0.1:6379).
--keep keeps the databases, customer_identity_bench_import_<rows>, for npm run bench:export. BENCH_PROFILES=<folder> writes a CPU profile
of each worker.
`;

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,100000' },
    'buffer-pool': { type: 'string' },
    keep: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/** What the people of a file belong to. */
const CUSTOMERS = 200;

interface ImportRun extends Run {
  counts: { read: number; added: number; unchanged: number };
}

interface Measured {
  readonly rows: number;
  readonly added: Followed<ImportRun>;
  readonly unchanged: Followed<ImportRun>;
  readonly bare: BareInserts;
}

async function measure(rows: number, folder: string): Promise<Measured> {
  const suffix = `import_${rows}`;
  await dropDatabase(suffix);
  const database = await migratedDatabase(suffix, folder);
  const environment = { ...database.environment, REDIS_URL: process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379' };
  const server = await startServer({ environment });
  const authorization = `Bearer ${await logIn(server.url)}`;
  const send = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const answer = await fetch(`${server.url}/admin/api${path}`, { ...init, headers: { ...init.headers, authorization } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const customers: { id: number; name: string }[] = [];
  for (let i = 1; i <= CUSTOMERS; i++) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: `Customer ${i}` }) };
    customers.push(await send('/customers', init));
  }
  const file = join(folder, `${suffix}.csv`);
  await writePeopleFile(file, rows, customers);
  const imported = () =>
    followed<ImportRun>(
      environment,
      send,
      async () => {
        const form = new FormData();
        form.set('entity', 'customer-users');
        form.set('force', 'true');
        form.set('file', await openAsBlob(file), 'people.csv');
        return `/imports/${(await send<ImportRun>('/imports', { method: 'POST', body: form })).id}`;
      },
      ({ counts }) => counts.read,
    );
  const added = await imported();
  const unchanged = await imported();
  if (added.run.counts.added !== rows || unchanged.run.counts.unchanged !== rows)
    throw new Error(`Not every row was taken: ${JSON.stringify([added.run.counts, unchanged.run.counts])}`);
  server.child.kill();
  const bare = await bareInserts(database.name);
  if (!options.keep) await dropDatabase(suffix);
  return { rows, added, unchanged, bare };
}

function print({ rows, added, unchanged, bare }: Measured): void {
  console.log(`\n${rows} rows`);
  const { whole, alone, plain } = bare;
  const perSecond = (rate: number) => rate.toFixed(0);
  console.log(
    `  the limit: ${perSecond(whole)} people/s with all their rows; ${perSecond(alone)} in customer_users alone; ${perSecond(plain)} without its indexes`,
  );
  for (const [name, { seconds, first, last, peakMemory }] of [
    ['import of new rows', added],
    ['unchanged re-import', unchanged],
  ] as const) {
    const rate = rows / seconds;
    console.log(
      `  ${name.padEnd(19)}  ${perSecond(rate)} rows/s  ratio ${(rate / whole).toFixed(2)} (aim 0.35)  ` +
        `${first.toFixed(0)} us a row at the start, ${last.toFixed(0)} at the end  worker ${peakMemory.toFixed(0)} MiB at most`,
    );
  }
}

async function bench(): Promise<void> {
  if (options.help) return console.log(HELP);
  const folder = await aFolder();
  try {
    await withBufferPool(options['buffer-pool'] === undefined ? undefined : Number(options['buffer-pool']), async (size) => {
      console.log(`innodb_buffer_pool_size ${Math.round(size / 2 ** 20)} MiB`);
      const measured: Measured[] = [];
      for (const rows of options.rows.split(',').map(Number)) {
        measured.push(await measure(rows, folder.path));
        print(measured.at(-1) as Measured);
      }
      const [smallest, largest] = [measured[0], measured.at(-1)];
      if (!smallest || !largest || smallest === largest) return;
      for (const kind of ['added', 'unchanged'] as const)
        console.log(
          `\nmemory of the worker, ${kind}: ${(largest[kind].peakMemory - smallest[kind].peakMemory).toFixed(0)} MiB more at ${largest.rows} rows than at ${smallest.rows} (aim under 100)`,
        );
    });
  } finally {
    await stopAll();
    await folder.remove();
  }
}

await bench();
