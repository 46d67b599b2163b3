import { readFile } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { launchBuilt, stop } from './processes.js';

/** An import or export, as far as the benchmark looks at it. */
export interface Run {
  id: number;
  status: string;
  startedAt: string;
  finishedAt: string;
}

export interface Followed<R> {
  readonly run: R;
  readonly seconds: number;
  /** Microseconds a row in the first and in the last tenth of the rows. */
  readonly first: number;
  readonly last: number;
  /** Of the worker, in MiB. */
  readonly peakMemory: number;
}

interface Sample {
  readonly at: number;
  readonly rows: number;
}

const POLL_EVERY = 50;

/** A worker of its own for what `start` starts, followed to its end: what came of it, how fast it was, and what memory it took. */
export async function followed<R extends Run>(
  environment: Record<string, string>,
  call: (path: string) => Promise<R>,
  start: () => Promise<string>,
  rowsOf: (run: R) => number,
): Promise<Followed<R>> {
  const worker = launchBuilt('worker.js', environment);
  try {
    const path = await start();
    const samples: Sample[] = [];
    for (;;) {
      if (worker.exitCode !== null) throw new Error(`The worker ended with ${worker.exitCode}.`);
      const run = await call(path);
      const rows = rowsOf(run);
      if (rows !== samples.at(-1)?.rows) samples.push({ at: Date.now(), rows });
      if (!['queued', 'validating', 'running'].includes(run.status)) {
        if (run.status !== 'completed') throw new Error(`The run ended as ${JSON.stringify(run)}`);
        const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1_000;
        return { run, seconds, ...pacesOf(samples), peakMemory: await peakMemoryOf(worker) };
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
    }
  } finally {
    await stop(worker);
  }
}

function pacesOf(samples: readonly Sample[]): { first: number; last: number } {
  const total = samples.at(-1)?.rows ?? 0;
  const begun = samples.findIndex(({ rows }) => rows > 0);
  const between = (from: Sample | undefined, to: Sample | undefined) =>
    from && to && to.rows > from.rows ? ((to.at - from.at) * 1_000) / (to.rows - from.rows) : Number.NaN;
  const early = samples.find(({ rows }) => rows >= total * 0.1 && rows > (samples[begun]?.rows ?? 0));
  const late = samples.findLast(({ rows }) => rows <= total * 0.9);
  return { first: between(samples[begun], early), last: between(late, samples.at(-1)) };
}

/** In MiB, as Linux counts it; elsewhere not a number. */
async function peakMemoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
