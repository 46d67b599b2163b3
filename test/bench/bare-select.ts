import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createConnection } from 'mysql2';
import { SERVER } from './server.js';

/** The columns of an export that are of the person himself. */
const COLUMNS = [
  ...['id', 'name_prefix', 'first_name', 'middle_name', 'last_name', 'name_suffix', 'birthday', 'email', 'customer_id'],
  ...['guest', 'enabled', 'confirmed', 'owner_id', 'website_id'],
];

/** The limit: one SELECT through mysql2, streamed into a CSV file. Answers rows a second. */
export async function bareSelect(database: string, file: string): Promise<number> {
  const connection = createConnection({ uri: `${SERVER.replace(/^mariadb:/, 'mysql:')}/${database}`, rowsAsArray: true });
  const begun = performance.now();
  let rows = 0;
  async function* lines(source: Readable): AsyncGenerator<string> {
    for await (const row of source as AsyncIterable<(string | number | null)[]>) {
      rows++;
      yield `${row.map((cell) => cell ?? '').join(',')}\n`;
    }
  }
  await pipeline(connection.query(`SELECT ${COLUMNS.join(', ')} FROM customer_users ORDER BY id`).stream(), lines, createWriteStream(file));
  const seconds = (performance.now() - begun) / 1_000;
  connection.destroy();
  if ((await stat(file)).size === 0) throw new Error('There was nothing to select.');
  return rows / seconds;
}
