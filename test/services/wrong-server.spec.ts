import type { AddressInfo } from 'node:net';
import mysql from 'mysql2';
import { ConfigurationFault, type DatabaseSettings } from '../../src/platform/config/index.js';
import { dataSourceOptions, openDataSource } from '../../src/platform/database/index.js';
import { anEmptyDatabase, type EmptyDatabase } from '../support/database.js';

/** The part of mysql2's server that its types leave out. */
interface ServerConnection {
  sequenceId: number;
  close(): void;
  serverHandshake(options: object): void;
  writeTextResult(rows: object[], columns: object[]): void;
  on(event: string, listener: (sql: string) => void): void;
}

interface Server {
  readonly _server: { address(): AddressInfo; close(done: () => void): void };
  on(event: 'connection', listener: (connection: unknown) => void): void;
  listen(port: number, done: () => void): void;
}

const VERSION_COLUMN = {
  catalog: 'def',
  schema: '',
  table: '',
  orgTable: '',
  name: 'version',
  orgName: '',
  characterSet: 33,
  columnLength: 60,
  columnType: 253,
  flags: 1,
  decimals: 31,
};

/** Speaks MySQL's protocol and says that it is MySQL 8.4, which cannot be installed everywhere. */
async function aMysqlServer(): Promise<{ url: string; close(): Promise<void> }> {
  const open: ServerConnection[] = [];
  const server = (mysql.createServer as unknown as () => Server)();
  server.on('connection', (connection) => {
    const peer = connection as ServerConnection;
    open.push(peer);
    peer.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.4.3',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff,
    });
    peer.on('error', () => undefined);
    peer.on('query', () => {
      // Each command starts a sequence of its own.
      peer.sequenceId = 1;
      peer.writeTextResult([{ version: '8.4.3' }], [VERSION_COLUMN]);
      peer.sequenceId = 0;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const { port } = server._server.address();
  return {
    url: `mariadb://root@127.0.0.1:${port}/identity`,
    close: () =>
      new Promise((resolve) => {
        for (const connection of open) connection.close();
        server._server.close(() => resolve());
      }),
  };
}

const faultsOf = async (settings: DatabaseSettings) => {
  const error = await openDataSource(dataSourceOptions(settings)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigurationFault)) throw new Error('The start was not refused.', { cause: error });
  return error.faults;
};

describe('A database server that is not what the URL says', () => {
  let database: EmptyDatabase;

  beforeAll(async () => {
    database = await anEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('is refused when mysql:// leads to MariaDB, with the cure', async () => {
    const location = database.settings.location.replace(/^mariadb:/, 'mysql:');

    expect(await faultsOf({ kind: 'mysql', location })).toEqual([
      expect.stringMatching(/^DATABASE_URL starts with mysql:\/\/ but leads to a MariaDB server \(.+\); write mariadb:\/\/ instead$/),
    ]);
  });

  it('is refused when mariadb:// leads to MySQL, with the cure', async () => {
    const server = await aMysqlServer();
    try {
      expect(await faultsOf({ kind: 'mariadb', location: server.url })).toEqual([
        expect.stringMatching(/^DATABASE_URL starts with mariadb:\/\/ but leads to a MySQL server \(8\.4\.3\); write mysql:\/\/ instead$/),
      ]);
    } finally {
      await server.close();
    }
  });
});
