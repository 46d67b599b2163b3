import { fastify } from 'fastify';
import { createPool, type PoolConnection } from 'mysql2/promise';
import type { Statement } from './recording.js';

/** A route that does what the product does for a request, without the product. */
export interface BareRoute {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly statements: readonly Statement[];
  /** The id that the recorded request named or made: other requests put theirs in its place. */
  readonly id?: number;
  /** The same with the number that made its email address unique. */
  readonly unique?: number;
}

export interface BareOrder {
  readonly database: string;
  readonly routes: readonly BareRoute[];
}

/** The limit that the product is held against: a bare Fastify with mysql2 and the same statements, answering rows as they come. */
process.once('disconnect', () => process.exit());

process.once('message', ({ database, routes }: BareOrder) => {
  const pool = createPool({ uri: database, connectionLimit: 10, timezone: 'Z', charset: 'utf8mb4', supportBigNumbers: true });
  const server = fastify({ logger: { level: 'error' } });
  for (const [index, route] of routes.entries()) {
    server.route({
      method: route.method,
      url: `/${index}/:given`,
      handler: async (request, reply) => {
        const { given } = request.params as { given: string };
        const connection = route.method === 'POST' ? await pool.getConnection() : undefined;
        try {
          const rows = await runAll(connection ?? pool, route, Number(given));
          return await reply.send(rows);
        } catch (error) {
          await connection?.query('ROLLBACK');
          throw error;
        } finally {
          connection?.release();
        }
      },
    });
  }
  void server.listen({ port: 0, host: '127.0.0.1' }).then((address) => process.send?.({ address }));
});

type Runs = Pick<PoolConnection, 'query'>;

async function runAll(connection: Runs, { method, statements, id, unique }: BareRoute, given: number): Promise<unknown> {
  let made: number | undefined;
  const answers: unknown[] = [];
  const fill = (value: unknown): unknown => {
    // The rows of one statement for many.
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'string' && unique !== undefined) return value.replaceAll(String(unique), String(given));
    return value !== id ? value : method === 'GET' ? given : (made ?? value);
  };
  for (const { sql, parameters } of statements) {
    const [rows] = await connection.query(sql, parameters.map(fill));
    if (sql.startsWith('INSERT INTO `customer_users`')) made = insertedId(rows);
    else if (/^(SET STATEMENT .* FOR )?SELECT/.test(sql)) answers.push(rows);
  }
  return answers;
}

function insertedId(result: unknown): number {
  if (Array.isArray(result)) return Number((result[0] as { id: number | string }).id);
  return (result as { insertId: number }).insertId;
}
