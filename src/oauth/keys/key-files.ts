import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Algorithm, algorithmOf, KINDS } from './key-algorithms.js';

/**
 * Keys are pairs of PEM files, `<name>.private.pem` and `<name>.public.pem`. A name that starts with an instant such as
 * `20261123T155000Z` says from when the pair signs; any other signs from the start. Of those that are due the latest signs, one
 * that is not yet due is published already, and older ones verify what they signed.
 */
export const PRIVATE = '.private.pem';
export const PUBLIC = '.public.pem';

/** What other users of the machine may do with a private key: nothing. */
const OTHERS = 0o077;

export interface KeyPair {
  readonly name: string;
  /** The RFC 7638 thumbprint. */
  readonly kid: string;
  /** The only one that the key signs and verifies with. */
  readonly algorithm: Algorithm;
  readonly signsFrom: Date;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** A pair of files that cannot be used, and why. */
export interface BrokenPair {
  readonly name: string;
  readonly signsFrom: Date;
  readonly fault: string;
}

/** Changes whenever a key file is added, removed, written, or given another mode. */
export function fingerprintOf(folder: string): string {
  return namesOf(folder)
    .flatMap((name) => [PRIVATE, PUBLIC].map((suffix) => `${name}${suffix}`))
    .map((file) => {
      const stat = statSync(join(folder, file), { throwIfNoEntry: false });
      return `${file}:${stat ? `${stat.ino}:${stat.size}:${stat.mode}:${stat.mtimeMs}:${stat.ctimeMs}` : 'missing'}`;
    })
    .join('\n');
}

/** Every pair in the folder, the first to sign first. */
export function readPairs(folder: string): (KeyPair | BrokenPair)[] {
  const pairs = namesOf(folder).map((name) => readPair(folder, name));
  return pairs.sort((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime() || (a.name < b.name ? -1 : 1));
}

/** RFC 7517, with what a client needs to pick the key and no more. */
export const jwkOf = ({ publicKey, kid, algorithm }: Pick<KeyPair, 'publicKey' | 'kid' | 'algorithm'>): JsonWebKey => ({
  ...requiredMembers(publicKey, algorithm),
  kid,
  use: 'sig',
  alg: algorithm,
});

/** RFC 7638: SHA-256 over the required members in lexicographic order. */
const thumbprintOf = (publicKey: KeyObject, algorithm: Algorithm): string =>
  createHash('sha256')
    .update(JSON.stringify(requiredMembers(publicKey, algorithm)))
    .digest('base64url');

function requiredMembers(publicKey: KeyObject, algorithm: Algorithm): JsonWebKey {
  const jwk = publicKey.export({ format: 'jwk' });
  return Object.fromEntries(KINDS[algorithm].members.map((member) => [member, jwk[member]]));
}

function namesOf(folder: string): string[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const names = files.flatMap((file) =>
    [PRIVATE, PUBLIC].flatMap((suffix) => (file.endsWith(suffix) ? file.slice(0, -suffix.length) : [])),
  );
  return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('.')).sort();
}

function readPair(folder: string, name: string): KeyPair | BrokenPair {
  const signsFrom = instantOf(name);
  try {
    const privateKey = createPrivateKey(contentOf(folder, `${name}${PRIVATE}`));
    const published = contentOf(folder, `${name}${PUBLIC}`);
    if (published.includes('PRIVATE KEY-----')) throw new KeyFault(`${name}${PUBLIC} holds a private key.`);
    const publicKey = createPublicKey(published);
    refuseMode(folder, `${name}${PRIVATE}`);
    const algorithm = usableWith(name, publicKey);
    if (!createPublicKey(privateKey).equals(publicKey))
      throw new KeyFault(`${name}${PRIVATE} and ${name}${PUBLIC} do not belong together.`);
    return { name, signsFrom, kid: thumbprintOf(publicKey, algorithm), algorithm, privateKey, publicKey };
  } catch (error) {
    // What the crypto library says of a file that is no key may quote it.
    const fault = error instanceof KeyFault ? error.message : `${name}${PRIVATE} or ${name}${PUBLIC} holds no key in PEM form.`;
    return { name, signsFrom, fault };
  }
}

class KeyFault extends Error {}

function contentOf(folder: string, file: string): Buffer {
  const path = join(folder, file);
  try {
    // A pipe would be waited for.
    if (!statSync(path).isFile()) throw new KeyFault(`${file} is no file.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof KeyFault) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new KeyFault(code === 'ENOENT' ? `${file} is missing.` : `${file} cannot be read (${code}).`);
  }
}

function refuseMode(folder: string, file: string): void {
  // Windows has no such modes.
  if (process.platform === 'win32') return;
  const { mode } = statSync(join(folder, file));
  if ((mode & OTHERS) !== 0)
    throw new KeyFault(`${file} can be used by others (mode ${(mode & 0o777).toString(8)}): give it the mode 600.`);
}

function usableWith(name: string, publicKey: KeyObject): Algorithm {
  const found = algorithmOf(publicKey);
  if ('fault' in found) throw new KeyFault(`${name} ${found.fault}.`);
  return found.algorithm;
}

/** The start of the name of a pair that signs from `moment`. */
export const nameFor = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

function instantOf(name: string): Date {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(name) ?? [];
  if (parts.length === 0) return new Date(0);
  const [year = 0, month = 1, day, hour, minute, second] = parts.map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}
