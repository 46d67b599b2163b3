import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseSettings } from '../../src/platform/config/index.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { anEmptyDatabase, type EmptyDatabase } from './database.js';

/** Says that a model on a server is whole. */
const READY = 'model_is_ready';

/** Changes with whatever makes the tables. */
const stamp = (() => {
  const sources = [...readdirSync('migrations').map((file) => join('migrations', file)), 'src/platform/database/schema.ts'];
  const hash = createHash('sha256');
  for (const source of sources.sort()) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 16);
})();

/**
 * A database of its own in which all migrations have run: the copy of a model that the first suite makes, as the migrations take longer
 * than many a suite.
 */
export async function aMigratedDatabase(): Promise<EmptyDatabase> {
  const database = await anEmptyDatabase();
  try {
    if (database.settings.kind === 'sqlite') await copyFile(await sqliteModel(), database.settings.location);
    else await copyOnServer(new URL(database.settings.location));
  } catch (error) {
    await database.drop();
    throw error;
  }
  return database;
}

async function runMigrations(settings: DatabaseSettings): Promise<void> {
  const source = await openDataSource(dataSourceOptions(settings));
  await source.runMigrations();
  await source.destroy();
}

async function sqliteModel(): Promise<string> {
  const model = join(tmpdir(), `customer-identity-model-${stamp}.sqlite`);
  if (existsSync(model)) return model;
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  const made = join(folder, 'model.sqlite');
  await runMigrations({ kind: 'sqlite', location: made });
  const source = await openDataSource(dataSourceOptions({ kind: 'sqlite', location: made }));
  // Whole in one file, and as it is by default: what is copied has no log beside it.
  await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
  await source.destroy();
  await rename(made, model);
  await rm(folder, { recursive: true, force: true });
  return model;
}

async function copyOnServer(location: URL): Promise<void> {
  const name = location.pathname.slice(1);
  const model = `customer_identity_model_${stamp}`;
  const server = new URL(location);
  server.pathname = '';
  const connection = await createConnection({ uri: server.href.replace(/^mariadb:/, 'mysql:'), multipleStatements: true });
  try {
    await makeModel(connection, model, location);
    const statements = await statementsOf(connection, model);
    const open = [`ALTER DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`, `USE ${name}`, 'SET foreign_key_checks = 0'];
    await connection.query([...open, ...statements].join('; '));
  } finally {
    await connection.end();
  }
}

/** One process makes it, the others wait. Models that are a day old go: their migrations are likely to be past. */
async function makeModel(connection: Connection, model: string, location: URL): Promise<void> {
  const ask = async (sql: string, ...values: string[]) => (await connection.query<RowDataPacket[]>(sql, values))[0];
  const [lock] = await ask('SELECT GET_LOCK(?, 120) AS held', model);
  if (lock?.['held'] !== 1) throw new Error(`The database ${model} is not made within two minutes.`);
  try {
    const tables = 'SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = ?';
    if ((await ask(tables, model, READY)).length > 0) return;
    const old = 'SELECT table_schema AS name FROM information_schema.tables WHERE table_name = ? AND create_time < NOW() - INTERVAL 1 DAY';
    for (const { name } of await ask(old, READY)) await connection.query(`DROP DATABASE IF EXISTS \`${String(name)}\``);
    await connection.query(`DROP DATABASE IF EXISTS ${model}; CREATE DATABASE ${model}`);
    const kind = location.protocol === 'mysql:' ? 'mysql' : 'mariadb';
    await runMigrations({ kind, location: Object.assign(new URL(location), { pathname: `/${model}` }).href });
    await connection.query(`CREATE TABLE ${model}.${READY} (id INT)`);
  } finally {
    await ask('SELECT RELEASE_LOCK(?)', model);
  }
}

/** What makes the tables again in the database at hand, with their rows. */
async function statementsOf(connection: Connection, model: string): Promise<string[]> {
  const [tables] = await connection.query<RowDataPacket[]>(`SHOW TABLES FROM ${model}`);
  const statements: string[] = [];
  for (const table of tables.flatMap((row) => Object.values(row) as string[])) {
    if (table === READY) continue;
    const [[made]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${model}.\`${table}\``);
    statements.push(String(made?.['Create Table']), `INSERT INTO \`${table}\` SELECT * FROM ${model}.\`${table}\``);
  }
  return statements;
}
