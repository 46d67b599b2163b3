import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from './caller.js';
import type { Printer } from './printer.js';

export interface Import {
  id: number;
  status: string;
  progress: number;
  totalRows: number | null;
  counts: { read: number; added: number; replaced: number; unchanged: number; failed: number };
}

const PATIENCE = 60_000;
const OPEN = ['queued', 'validating', 'running'];

/** Uploads a file of customer users and follows the import to its end. */
export async function importFile(admin: Caller, printer: Printer, csv: string, name: string): Promise<Import> {
  const form = new FormData();
  form.set('entity', 'customer-users');
  form.set('file', new Blob([csv], { type: 'text/csv' }), name);
  const { id } = await admin.post<Import>('/admin/api/imports', form);
  const path = `/admin/api/imports/${id}`;
  let told = '';
  await follow<Import>(admin.quietly(), path, ({ status, progress, counts, totalRows }) => {
    const line = `${status}: ${counts.read}${totalRows === null ? '' : ` of ${totalRows}`} rows read, ${counts.failed} of them bad`;
    if (line !== told) printer.progress(progress, line, !OPEN.includes(status));
    told = line;
  });
  return admin.get<Import>(path);
}

/** Asks for an import or export until it is over, and answers it. */
export async function follow<R extends { status: string }>(admin: Caller, path: string, tell: (run: R) => void): Promise<R> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(60)) {
    const run = await admin.get<R>(path);
    tell(run);
    if (!OPEN.includes(run.status)) return run;
  }
  throw new Error(`${path} did not come to an end within ${PATIENCE / 1_000} seconds`);
}
