import { connect } from 'node:net';
import { createConnection } from 'mysql2/promise';

/** Stops the run when a service is missing: a suite that needs it must fail, not pass by being left out. */
export default async function requireServices(): Promise<void> {
  const { TEST_DATABASE_URL: database = '', TEST_REDIS_URL: redis = '' } = process.env;
  const faults = await Promise.all([
    faultOf('TEST_DATABASE_URL', database, askDatabase(database)),
    faultOf('TEST_REDIS_URL', redis, askRedis(new URL(redis))),
  ]);
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) throw new Error(found.join('\n'));
}

const faultOf = (variable: string, url: string, answer: Promise<void>): Promise<string | undefined> =>
  answer.then(
    () => undefined,
    (error: Error) => `No service answers at ${url}: ${error.message}. Start it, or set ${variable} to where it is.`,
  );

async function askDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '';
  const connection = await createConnection(server.href.replace(/^mariadb:/, 'mysql:'));
  await connection.query('SELECT 1');
  await connection.end();
}

const askRedis = ({ hostname, port }: URL): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(port || 6379), hostname);
    socket.setTimeout(5_000, () => socket.destroy(new Error('it is silent')));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (answer.toString().startsWith('+PONG')) resolve();
      else reject(new Error(`it answers ${answer.toString().trim()}`));
    });
  });
