import libsql from 'libsql';
import { DataSource, type DataSourceOptions, DefaultNamingStrategy } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { ConfigurationFault, type DatabaseSettings } from '../config/index.js';
import { serialiseSqlite } from './sqlite-serialise.js';

class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, customName: string | undefined): string {
    return customName ?? property.replace(/[A-Z0-9]+/g, (letters) => `_${letters.toLowerCase()}`);
  }
}

/** Pool size of one process on MySQL; an operator's sum of processes must stay below the server's `max_connections`. */
const CONNECTIONS = 10;

/** The options for TypeORM, by the kind of database. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  const common = {
    migrations,
    namingStrategy: new SnakeCase(),
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
  } as const;
  if (settings.kind === 'sqlite') {
    return {
      ...common,
      type: 'better-sqlite3',
      driver: libsql,
      database: settings.location,
      enableWAL: true,
      prepareDatabase: (database: { pragma(text: string): unknown }) => {
        database.pragma('busy_timeout = 5000');
        database.pragma('synchronous = NORMAL');
        // What is deleted or overwritten is zeroed in the file: who is erased is not to be found there.
        database.pragma('secure_delete = ON');
      },
    };
  }
  return {
    ...common,
    type: settings.kind,
    // mysql2 knows the scheme mysql alone.
    url: settings.location.replace(/^mariadb:/, 'mysql:'),
    timezone: 'Z',
    charset: 'utf8mb4',
    poolSize: CONNECTIONS,
    extra: { connectionLimit: CONNECTIONS },
  };
}

/** Connects, makes SQLite safe for concurrent callers, and refuses a server that is not what the URL's scheme says. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = new DataSource(options);
  if (options.type === 'better-sqlite3') speakSqlite(dataSource);
  await dataSource.initialize();
  keepIdsNumbers(dataSource);
  if (options.type === 'better-sqlite3') serialiseSqlite(dataSource);
  else await refuseOtherServer(dataSource);
  return dataSource;
}

/** SQLite's words for the column kinds of `columns.ts`. */
function speakSqlite(dataSource: DataSource): void {
  const { driver } = dataSource;
  const normalise = driver.normalizeType.bind(driver);
  driver.normalizeType = (column) => {
    if (column.type === 'bigint') return 'integer';
    if (column.type === 'mediumtext') return 'text';
    return normalise(column);
  };
}

/** TypeORM answers a new bigint id of `insert` as text, past the column's transformer, while `save` and reads give the number. */
function keepIdsNumbers(dataSource: DataSource): void {
  for (const column of dataSource.entityMetadatas.flatMap(({ generatedColumns }) => generatedColumns)) {
    if (column.type === 'bigint')
      column.createValueMap = (value: unknown, byDatabaseName?: boolean) => ({
        [byDatabaseName ? column.databaseName : column.propertyName]: value === undefined || value === null ? value : Number(value),
      });
  }
}

async function refuseOtherServer(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ version: string }[]>('SELECT VERSION() AS version');
  const found = /mariadb/i.test(row?.version ?? '') ? 'mariadb' : 'mysql';
  if (found === dataSource.options.type) return;
  await dataSource.destroy();
  throw new ConfigurationFault([
    `DATABASE_URL starts with ${dataSource.options.type}:// but leads to a ${found === 'mysql' ? 'MySQL' : 'MariaDB'} server (${row?.version}); write ${found}:// instead`,
  ]);
}
