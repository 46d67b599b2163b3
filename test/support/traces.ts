import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { In, Like } from 'typeorm';
import { PackedEmails } from '../../src/customer-users/lists/packed-emails.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from './jobs/eventually.js';
import type { Product } from './product.js';

const textOf = (row: object): string =>
  Object.values(row)
    .map((value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
    .join(' ');

/** Waits until no mail is being sent or waits to be; `pauses` are milliseconds that pass from look to look, for what is tried again. */
export const everythingIsSent = (product: Product, pauses = 0): Promise<void> =>
  eventually(async () => {
    product.forward(pauses);
    const jobs = await product.work.repository(JobRow).findBy({ name: Like('notifications.send%') });
    return jobs.every(({ status }) => status === 'done');
  }, 'every mail is sent or given up');

/** Waits for the jobs that forget whom an erasure does not wait for, and for mails that were being sent meanwhile. */
export const everythingForgets = async (product: Product): Promise<void> => {
  await everythingIsSent(product);
  await eventually(async () => {
    const name = In(['customer-users.forget-in-answers', 'import-export.forget-in-files', 'notifications.forget-in-mails']);
    const jobs = await product.work.repository(JobRow).findBy({ name });
    return jobs.length >= 3 && jobs.every(({ status, dueAt }) => status === 'done' || (status === 'waiting' && dueAt > new Date()));
  }, 'files, mails and answers forget him');
};

/** Where any of the words stands, in any case: in a table, a file or a mail. */
export async function tracesOf(product: Product, telling: Readonly<Record<string, string>>): Promise<string[]> {
  const found: string[] = [];
  const words = Object.entries(telling).map(([what, word]) => [what, word.toLowerCase()] as const);
  const look = (where: string, text: string) => {
    for (const [what, word] of words) if (text.toLowerCase().includes(word)) found.push(`${where}: ${what}`);
  };
  // Housekeeping does so every minute.
  await product.inside(PackedEmails).run();
  const { manager } = product.work;
  for (const { tableName } of manager.connection.entityMetadatas)
    for (const row of await manager.query<object[]>(`SELECT * FROM ${tableName}`)) look(tableName, textOf(row));
  const { dataDir } = product.configuration.process;
  for (const folder of ['files', 'outbox'])
    for (const name of await readdir(join(dataDir, folder), { recursive: true }))
      look(`${folder}/${name}`, await readFile(join(dataDir, folder, name), 'latin1').catch(() => ''));
  return found;
}
