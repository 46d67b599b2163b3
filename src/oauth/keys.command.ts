import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LEAST_BITS, PRIVATE, PUBLIC, readPairs, thumbprintOf } from './key-files.js';

/** The name of the pair that is made when there is none. It is the same for everyone, so that only one can make it. */
const FIRST = 'first';

export interface KeysReport {
  made: boolean;
  /** What was done, or why nothing was, for the person at the console. */
  message: string;
  /** What is wrong with the keys that are there. */
  faults: readonly string[];
}

/**
 * Makes a pair of RSA keys when the folder has none; never touches keys that are there. Of two processes that do so at once, one
 * makes the keys and the other finds them. Throws when the folder cannot be written.
 */
export async function makeKeys(folder: string): Promise<KeysReport> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = readPairs(folder).length === 0 && place(folder, `${FIRST}${PRIVATE}`, await newPrivateKey(), 0o600);
  const privateKey = readFirst(folder);
  // Written by whoever comes here, so that a start that was cut short between the two files is mended by the next.
  if (privateKey) place(folder, `${FIRST}${PUBLIC}`, createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }), 0o644);
  if (made && privateKey)
    return { made, message: `Made the signing key ${thumbprintOf(createPublicKey(privateKey))} in ${folder}.`, faults: [] };
  const pairs = readPairs(folder);
  const faults = pairs.flatMap((pair) => ('fault' in pair ? pair.fault : []));
  return { made, message: `There are signing keys in ${folder} already: ${pairs.map(({ name }) => name).join(', ')}.`, faults };
}

async function newPrivateKey(): Promise<string | Buffer> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: LEAST_BITS, publicExponent: 0x10001 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

/** `undefined` when there is none, or none that can be read: the check of the keys says what is wrong with it. */
function readFirst(folder: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(join(folder, `${FIRST}${PRIVATE}`)));
  } catch {
    return undefined;
  }
}

/** Puts a whole file in its place, or answers `false` when there is one already. A link either succeeds or finds the name taken. */
function place(folder: string, file: string, content: string | Buffer, mode: number): boolean {
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
