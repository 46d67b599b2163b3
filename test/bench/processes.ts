import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const LOADER = resolve('test/support/jobs/typescript.mjs');

const started = new Set<ChildProcess>();

// Whoever ends the benchmark ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const child of started) child.kill();
  });

/** A process from one of this folder's files. */
export function launch(file: string): ChildProcess {
  // Structured clones keep the dates among the parameters of statements.
  return kept(fork(resolve('test/bench', file), { execArgv: ['--import', LOADER], serialization: 'advanced' }));
}

/** The built product's command or server; what it prints goes nowhere unless it fails. */
export function launchBuilt(file: string, environment: Record<string, string>, ...options: string[]): ChildProcess {
  return kept(
    fork(resolve('dist/src', file), options, {
      env: { PATH: process.env['PATH'], ...environment },
      execArgv: optionsOf(file),
      stdio: ['ignore', file.startsWith('commands/') ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    }),
  );
}

function optionsOf(file: string): string[] {
  const profiles = process.env['BENCH_PROFILES'];
  const profiled = profiles && !file.startsWith('commands/') ? ['--cpu-prof', '--cpu-prof-dir', profiles] : [];
  // As `npm run start:prod` and `npm run worker` have them.
  if (file === 'main.js') return ['--max-semi-space-size=4', ...profiled];
  return file === 'worker.js' ? ['--max-semi-space-size=16', '--max-old-space-size=1024', ...profiled] : profiled;
}

export async function finished(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`A process of the benchmark ended with ${code}.`);
}

export async function ask<T>(child: ChildProcess, order: object): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  child.send(order);
  const ended = once(child, 'close', { signal }).then(() =>
    Promise.reject(new Error('A process of the benchmark ended before it answered.')),
  );
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [T];
    return answer;
  } finally {
    answered.abort();
  }
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'close');
}

export const stopAll = (): Promise<void[]> => Promise.all([...started].map(stop));

function kept(child: ChildProcess): ChildProcess {
  started.add(child);
  child.once('close', () => started.delete(child));
  return child;
}
