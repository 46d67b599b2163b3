import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Algorithm, KINDS } from './key-algorithms.js';
import { type BrokenPair, type KeyPair, nameFor, PRIVATE, PUBLIC, readPairs } from './key-files.js';
import { place } from './key-placing.js';
import { ROTATION_LEAD, TOKEN_LIFETIME } from './signing-keys.js';

/** The name of the pair that is made when there is none. It is the same for everyone, so that only one can make it. */
const FIRST = 'first';

export interface KeysReport {
  made: boolean;
  /** What was done, or why nothing was, for the person at the console. */
  message: string;
  /** What is wrong with the keys that are there. */
  faults: readonly string[];
}

interface KeysOrder {
  /** RS256 when left out, or when rotating that of the pair before. */
  algorithm?: Algorithm;
  /** Makes the pair that is to follow those that are there. */
  rotate?: boolean;
  now?: Date;
  /** Milliseconds for which the next pair is published before it signs. */
  lead?: number;
}

/**
 * Makes a pair of keys when the folder has none, or the next one when told to rotate; never touches keys that are there. Of two
 * processes that do so at once, one makes the keys and the other finds them. Throws when the folder cannot be written.
 */
export async function makeKeys(folder: string, order: KeysOrder = {}): Promise<KeysReport> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = readPairs(folder);
  const message = order.rotate && before.length > 0 ? await makeNext(folder, before, order) : await makeFirst(folder, before, order);
  const pairs = readPairs(folder);
  const faults = pairs.flatMap((pair) => ('fault' in pair ? pair.fault : []));
  return { made: message !== undefined, message: message ?? whyNone(folder, pairs, order), faults };
}

function whyNone(folder: string, pairs: readonly (KeyPair | BrokenPair)[], { rotate, now = new Date() }: KeysOrder): string {
  const waiting = pairs.find(({ signsFrom }) => signsFrom > now);
  if (rotate && waiting)
    return `The next signing key is there already: ${waiting.name}, which signs from ${waiting.signsFrom.toISOString()}.`;
  return `There are signing keys in ${folder} already: ${pairs.map(({ name }) => name).join(', ')}. \`--rotate\` makes the next.`;
}

async function makeFirst(folder: string, before: readonly unknown[], { algorithm = 'RS256' }: KeysOrder): Promise<string | undefined> {
  const made = before.length === 0 && place(folder, `${FIRST}${PRIVATE}`, await newPrivateKey(algorithm), 0o600);
  const privateKey = readFirst(folder);
  // Written by whoever comes here, so that a start that was cut short between the two files is mended by the next.
  if (privateKey) place(folder, `${FIRST}${PUBLIC}`, publicHalf(privateKey), 0o644);
  if (!made) return undefined;
  return `Made the signing key ${kidOf(folder, FIRST)} (${algorithm}) in ${folder}.`;
}

async function makeNext(folder: string, before: readonly (KeyPair | BrokenPair)[], order: KeysOrder): Promise<string | undefined> {
  const { now = new Date(), lead = ROTATION_LEAD } = order;
  const waiting = before.find(({ signsFrom }) => signsFrom > now);
  if (waiting) return undefined;
  const last = before.at(-1);
  // Nothing to wait for when nothing can be signed now.
  const usable = last !== undefined && 'kid' in last;
  // Names have whole seconds: upwards, or the lead would be cut.
  const signsFrom = new Date(Math.ceil((now.getTime() + (usable ? lead : 0)) / 1_000) * 1_000);
  const name = nameFor(signsFrom);
  const algorithm = order.algorithm ?? (usable ? last.algorithm : 'RS256');
  const content = await newPrivateKey(algorithm);
  if (!place(folder, `${name}${PRIVATE}`, content, 0o600)) return undefined;
  place(folder, `${name}${PUBLIC}`, publicHalf(createPrivateKey(content)), 0o644);
  const over = new Date(signsFrom.getTime() + TOKEN_LIFETIME).toISOString();
  const notes = [
    `Made the signing key ${kidOf(folder, name)} (${algorithm}) in ${folder}.`,
    `It is published at once and signs from ${signsFrom.toISOString()}.`,
    ...(usable ? [`${last.name} verifies what it signed until ${over}; its files may be removed then.`] : []),
  ];
  return notes.join(' ');
}

async function newPrivateKey(algorithm: Algorithm): Promise<string | Buffer> {
  const { privateKey } = await KINDS[algorithm].generate();
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

const publicHalf = (privateKey: KeyObject) => createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });

function kidOf(folder: string, wanted: string): string {
  const pair = readPairs(folder).find(({ name }) => name === wanted);
  return pair && 'kid' in pair ? pair.kid : wanted;
}

/** `undefined` when there is none, or none that can be read: the check of the keys says what is wrong with it. */
function readFirst(folder: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(join(folder, `${FIRST}${PRIVATE}`)));
  } catch {
    return undefined;
  }
}
