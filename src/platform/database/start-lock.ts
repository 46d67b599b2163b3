import type { DataSource } from 'typeorm';
import { ConfigurationFault } from '../config/index.js';

/** Seconds that a process waits for another one to migrate. */
const PATIENCE = 120;

/** Runs `work` in one process at a time, however many start at once. SQLite has one process anyway. */
export async function withStartLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  if (dataSource.options.type === 'better-sqlite3') return work();
  const runner = dataSource.createQueryRunner();
  // Of this database alone: others on the server start when they like. MySQL takes 64 characters.
  const [{ name }] = (await runner.query("SELECT CONCAT('start:', LEFT(SHA2(DATABASE(), 256), 40)) AS name")) as [{ name: string }];
  try {
    const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS got', [name, PATIENCE])) as { got: number | null }[];
    if (Number(row?.got) !== 1) throw new Error(`Another process has been migrating for more than ${PATIENCE} s.`);
    return await work();
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [name]);
    await runner.release();
  }
}

/** Brings the schema up to date. Answers the names of the migrations that ran. */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const done = await dataSource.runMigrations();
  return done.map(({ name }) => name);
}

/** Refuses to serve on a schema that is behind the code. */
export async function refusePendingMigrations(dataSource: DataSource): Promise<void> {
  if (await dataSource.showMigrations())
    throw new ConfigurationFault(['The database is behind the program: run `npm run migrate`, then start again']);
}
