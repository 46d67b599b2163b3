import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportView } from '../import-export/index.js';
import { follow } from './terminal/following.js';
import { refuseUnreadable, refuseUnwritable } from './terminal/local-files.js';
import { Refused, Session, SESSION_HELP, SESSION_OPTIONS } from './terminal/session.js';

const HELP = `Imports a CSV file into a server that runs, and shows how it gets on.

  npm run import -- people.csv --entity customer-users --mails welcome --errors mend.csv

--entity    customer-users (when left out), customer-user-addresses, customers or customer-addresses
--mode      import (when left out) or validate, which writes nothing
--strategy  add-or-replace (when left out), add or update
--mails     none (when left out) or welcome
--mapping   by a header of the file, the column that it stands for: '{"E-Mail": "Email Address"}'
--force     also a file that was imported a moment ago
--errors    where the rows that failed are written, with the reasons in a last column

${SESSION_HELP}

Ends with 0 when every row was taken, with 2 when some failed, with 1 when the import failed, was cancelled or never began.
`;

const text = { type: 'string' } as const;
const OPTIONS = { entity: text, mode: text, strategy: text, mails: text, mapping: text, errors: text } as const;

async function run(): Promise<void> {
  const flags = { force: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options: { ...OPTIONS, ...flags, ...SESSION_OPTIONS }, allowPositionals: true });
  const [file] = positionals;
  if (values.help) return console.log(HELP);
  if (file === undefined || positionals.length > 1) throw new Refused(`Say which file to import, and one only.\n\n${HELP}`);
  await refuseUnreadable(file);
  await refuseUnwritable(values.errors);
  const session = await Session.open(values);
  const form = new FormData();
  form.set('entity', values.entity ?? 'customer-users');
  for (const name of ['mode', 'strategy', 'mails', 'mapping'] as const) if (values[name] !== undefined) form.set(name, values[name]);
  if (values.force) form.set('force', 'true');
  // Read from the disk as it is sent.
  form.set('file', await openAsBlob(file), basename(file));
  const { id } = await session.post<ImportView>('/imports', form);
  const ended = await follow<ImportView>(session, `/imports/${id}`, ({ totalRows, progress, counts, rowsPerSecond, secondsLeft }) => ({
    share: totalRows === null ? undefined : progress,
    rows: counts.read,
    total: totalRows,
    failed: counts.failed,
    rowsPerSecond,
    secondsLeft,
  }));
  await report(session, ended, values.errors);
}

async function report(session: Session, { id, status, counts, error, warnings }: ImportView, errors: string | undefined): Promise<void> {
  for (const { detail } of warnings) console.log(detail);
  console.log(
    `Import ${id}: ${status}. ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}.`,
  );
  if (error) throw new Refused(error.detail);
  if (status === 'cancelled') throw new Refused('Somebody cancelled it; what was done before stays done.');
  if (counts.failed === 0) return;
  if (errors === undefined) console.log('Say --errors mend.csv to have the rows that failed written there.');
  else await writeFile(errors, await session.download(`/imports/${id}/error-file`));
  process.exitCode = 2;
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
