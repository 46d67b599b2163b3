import { randomUUID } from 'node:crypto';
import { chmodSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a whole file in its place, or answers `false` when there is one already. A link either succeeds or finds the name taken. */
export function place(folder: string, file: string, content: string | Buffer, mode: number): boolean {
  const draft = join(folder, `.${file}.${randomUUID()}`);
  try {
    writeFileSync(draft, content, { mode, flag: 'wx' });
    // What the umask took away from the mode.
    chmodSync(draft, mode);
    linkSync(draft, join(folder, file));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
