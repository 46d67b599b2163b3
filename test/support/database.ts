import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '../../src/platform/config/index.js';

export interface EmptyDatabase {
  readonly settings: DatabaseSettings;
  drop(): Promise<void>;
}

/**
 * An empty database of its own: on the server of `TEST_DATABASE_URL`, a SQLite file without one. The server's has a collation that
 * ignores case, as a server's default has, so that what must compare bytes shows that it does so itself.
 */
export function anEmptyDatabase(server = process.env['TEST_DATABASE_URL']): Promise<EmptyDatabase> {
  return server === undefined ? aSqliteFile() : aServerDatabase(server);
}

async function aSqliteFile(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'database-'));
  return {
    settings: { kind: 'sqlite', location: join(folder, 'test.sqlite') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function aServerDatabase(server: string): Promise<EmptyDatabase> {
  const kind = server.startsWith('mysql:') ? 'mysql' : 'mariadb';
  const name = `test_${randomBytes(8).toString('hex')}`;
  const location = new URL(server);
  location.pathname = `/${name}`;
  const execute = async (statement: string) => {
    const root = new URL(server);
    root.pathname = '';
    const connection = await new DataSource({ type: kind, url: root.href.replace(/^mariadb:/, 'mysql:') }).initialize();
    await connection.query(statement);
    await connection.destroy();
  };
  await execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  return { settings: { kind, location: location.href }, drop: () => execute(`DROP DATABASE ${name}`) };
}
