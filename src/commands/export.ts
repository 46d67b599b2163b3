import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { ExportView } from '../import-export/index.js';
import { follow } from './terminal/following.js';
import { refuseUnwritable } from './terminal/local-files.js';
import { Refused, Session, SESSION_HELP, SESSION_OPTIONS } from './terminal/session.js';

const HELP = `Exports a list of a server that runs into a file, and shows how it gets on.

  npm run export -- --entity customer-users --filter '{"enabled": true}' --sort email --output people.csv

--entity   customer-users (when left out), customer-user-addresses, customers or customer-addresses
--format   csv (when left out) or jsonl
--filter   the filters of the list, as JSON
--q        words to search for
--sort     as in the list: -createdAt,email
--columns  headers or member names, comma-separated
--output   the file; to the standard output when left out

${SESSION_HELP}
`;

const text = { type: 'string' } as const;
const OPTIONS = { entity: text, format: text, filter: text, q: text, sort: text, columns: text, output: text } as const;

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { ...OPTIONS, help: { type: 'boolean' }, ...SESSION_OPTIONS } });
  if (values.help) return console.log(HELP);
  const { entity = 'customer-users', format, filter, q, sort, columns, output } = values;
  await refuseUnwritable(output);
  const session = await Session.open(values);
  const { id } = await session.post<ExportView>('/exports', {
    ...{ entity, format, q, sort },
    ...(filter !== undefined && { filter: parsed(filter) }),
    ...(columns !== undefined && { columns: columns.split(',').map((name) => name.trim()) }),
  });
  const ended = await follow<ExportView>(session, `/exports/${id}`, ({ totalRows, progress, rows, rowsPerSecond, secondsLeft }) => ({
    share: totalRows === null ? undefined : progress,
    rows,
    total: totalRows,
    failed: 0,
    rowsPerSecond,
    secondsLeft,
  }));
  if (ended.file === null) throw new Refused(ended.error?.detail ?? `The export is ${ended.status}.`);
  const content = Readable.fromWeb(await session.download(`/exports/${id}/file`));
  await pipeline(content, output === undefined ? process.stdout : createWriteStream(output));
  console.error(`Export ${id}: ${ended.rows} rows, ${ended.sizeBytes} bytes.`);
}

function parsed(filter: string): object {
  try {
    return JSON.parse(filter) as object;
  } catch {
    throw new Refused('--filter must be JSON.');
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
