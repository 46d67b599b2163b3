import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseSettings } from '../../../src/platform/config/index.js';
import type { JobRole } from '../../../src/platform/jobs/index.js';
import type { DeathPoint } from './crash-jobs.js';

export interface ChildOrder {
  settings: DatabaseSettings;
  redisUrl?: string;
  role: JobRole;
  deathPoint: DeathPoint;
  /** Names of deliveries that it enqueues in one unit of work. */
  enqueue: string[];
  /** Runs what it enqueues itself, before any other process can. */
  takesItsOwn?: boolean;
  /** Stays until no job waits or runs. */
  untilDone: boolean;
}

const FOLDER = join('test', 'support', 'jobs');

/** Runs a process to its end and answers how it ended: `SIGKILL`, or its exit code. What it had to complain about fails the test. */
export async function aChild(order: ChildOrder): Promise<NodeJS.Signals | number | null> {
  const child = spawn(process.execPath, ['--import', `./${join(FOLDER, 'typescript.mjs')}`, join(FOLDER, 'crash-child.ts')], {
    env: { ...process.env, CHILD_ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== null && code !== 0) throw new Error(`The child ended with ${code}:\n${complaints}`);
  return signal ?? code;
}
