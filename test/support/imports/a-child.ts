import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const SUPPORT = join('test', 'support');

/** Runs a file of this folder as a process with that order; answers the signal that ended it. */
export async function aChild(file: string, order: object): Promise<NodeJS.Signals | null> {
  const loader = `./${join(SUPPORT, 'jobs', 'typescript.mjs')}`;
  const child = spawn(process.execPath, ['--import', loader, join(SUPPORT, 'imports', file)], {
    env: { ...process.env, CHILD_ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== null && code !== 0) throw new Error(`The child ended with ${code}:\n${complaints}`);
  return signal;
}
