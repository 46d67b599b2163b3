import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Refused } from './session.js';

/** Refuses a path at which there is no file to read, before anything is asked of the server. */
export async function refuseUnreadable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Refused(`There is no file ${path}.`);
  if (!found.isFile()) throw new Refused(`${path} is no file.`);
}

/** Refuses a path in no folder, or of one, before there is anything to write there. */
export async function refuseUnwritable(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const [folder, there] = await Promise.all([dirname(resolve(path)), path].map((at) => stat(at).catch(() => undefined)));
  if (!folder?.isDirectory()) throw new Refused(`There is no folder ${dirname(path)} to write ${path} to.`);
  if (there?.isDirectory()) throw new Refused(`${path} is a folder.`);
}
