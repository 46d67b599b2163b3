import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, Entity } from 'typeorm';
import { CreateJobs1764000000100 } from '../../../migrations/1764000000100-create-jobs.js';
import type { DatabaseSettings } from '../../../src/platform/config/index.js';
import { dataSourceOptions, Id, openDataSource, Text } from '../../../src/platform/database/index.js';
import { createTable, id, text } from '../../../src/platform/database/schema.js';
import { JobRow } from '../../../src/platform/jobs/job.entity.js';

/** What a test's job leaves behind: one row each time that its work is done. */
@Entity('effects')
export class Effect {
  @Id() id: number;

  @Text(100) name: string;
}

export interface TestDatabase {
  readonly settings: DatabaseSettings;
  /** A connection of its own, as another process would have it. The caller destroys it. */
  connect(): Promise<DataSource>;
  drop(): Promise<void>;
}

/** An empty database with the tables of jobs and effects: on the server of `url`, or a SQLite file without one. */
export async function aDatabase(url = process.env['TEST_DATABASE_URL']): Promise<TestDatabase> {
  const database = url === undefined ? await aSqliteFile() : await aServerDatabase(url);
  const connect = () => openDataSource({ ...dataSourceOptions(database.settings), entities: [JobRow, Effect] });
  const connection = await connect();
  const runner = connection.createQueryRunner();
  await new CreateJobs1764000000100().up(runner);
  await createTable(runner, 'effects', { columns: [id(), text('name', 100)] });
  await runner.release();
  await connection.destroy();
  return { ...database, connect };
}

type Made = Omit<TestDatabase, 'connect'>;

async function aSqliteFile(): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-'));
  return {
    settings: { kind: 'sqlite', location: join(folder, 'test.sqlite') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function aServerDatabase(server: string): Promise<Made> {
  const kind = server.startsWith('mysql:') ? 'mysql' : 'mariadb';
  const name = `jobs_${randomBytes(6).toString('hex')}`;
  const location = new URL(server);
  location.pathname = `/${name}`;
  const execute = async (statement: string) => {
    const root = new URL(server);
    root.pathname = '';
    const connection = await new DataSource({ type: kind, url: root.href.replace(/^mariadb:/, 'mysql:') }).initialize();
    await connection.query(statement);
    await connection.destroy();
  };
  await execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  return { settings: { kind, location: location.href }, drop: () => execute(`DROP DATABASE ${name}`) };
}
