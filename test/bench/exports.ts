import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareSelect } from './bare-select.js';
import { stop, stopAll } from './processes.js';
import { type Followed, followed, type Run } from './runs.js';
import { aFolder, databaseOf, logIn, startServer, withBufferPool } from './server.js';

const HELP = `Measures exports of customer users on MariaDB, with Redis and a worker of their own, beside their limit in the same run:
a bare SELECT streamed into a CSV file through mysql2.

  npm run bench:export -- --rows 10000,100000,1000000 --buffer-pool 2147483648

The servers are those of BENCH_DATABASE_URL (mariadb://root@127.0.0.1:3306) and BENCH_REDIS_URL (redis://127.0.0.1:6379). The databases
are those of npm run bench:api, which are kept. BENCH_PROFILES=<folder> writes a CPU profile of each worker.
`;

const { values: options } = parseArgs({
  options: { rows: { type: 'string', default: '10000,100000' }, 'buffer-pool': { type: 'string' }, help: { type: 'boolean' } },
});

interface ExportRun extends Run {
  rows: number;
}

async function measure(rows: number, folder: string): Promise<{ rows: number; exported: Followed<ExportRun> }> {
  const database = await databaseOf(rows, folder);
  const environment = { ...database.environment, REDIS_URL: process.env['BENCH_REDIS_URL'] ?? 'redis://127.0.0.1:6379' };
  const server = await startServer({ environment });
  const authorization = `Bearer ${await logIn(server.url)}`;
  const send = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${server.url}/admin/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const exported = await followed<ExportRun>(
    environment,
    (path) => send<ExportRun>(path),
    async () => `/exports/${(await send<ExportRun>('/exports', { entity: 'customer-users' })).id}`,
    (run) => run.rows,
  );
  await stop(server.child);
  const bare = await bareSelect(new URL(database.url).pathname.slice(1), join(folder, 'bare.csv'));
  const { seconds, first, last, peakMemory, run } = exported;
  const rate = run.rows / seconds;
  console.log(
    `\n${run.rows} rows\n  the limit: ${bare.toFixed(0)} rows/s\n` +
      `  export  ${rate.toFixed(0)} rows/s  ratio ${(rate / bare).toFixed(2)} (aim 0.4)  ` +
      `${first.toFixed(0)} us a row at the start, ${last.toFixed(0)} at the end  worker ${peakMemory.toFixed(0)} MiB at most`,
  );
  return { rows, exported };
}

async function bench(): Promise<void> {
  if (options.help) return console.log(HELP);
  const folder = await aFolder();
  try {
    await withBufferPool(options['buffer-pool'] === undefined ? undefined : Number(options['buffer-pool']), async (size) => {
      console.log(`innodb_buffer_pool_size ${Math.round(size / 2 ** 20)} MiB`);
      const measured = [];
      for (const rows of options.rows.split(',').map(Number)) measured.push(await measure(rows, folder.path));
      const [smallest, largest] = [measured[0], measured.at(-1)];
      if (!smallest || !largest || smallest === largest) return;
      const growth = largest.exported.peakMemory - smallest.exported.peakMemory;
      console.log(`\nmemory of the worker: ${growth.toFixed(0)} MiB more at ${largest.rows} rows than at ${smallest.rows} (aim under 100)`);
    });
  } finally {
    await stopAll();
    await folder.remove();
  }
}

await bench();
