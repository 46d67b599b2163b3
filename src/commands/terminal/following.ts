import { setTimeout as pause } from 'node:timers/promises';
import { type Progress, ProgressBar } from './progress-bar.js';
import type { Session } from './session.js';

const POLL_EVERY = 500;

interface Run {
  status: string;
}

/** Shows how a run gets on until it is over, and answers what it came to. */
export async function follow<R extends Run>(session: Session, path: string, progressOf: (run: R) => Progress): Promise<R> {
  const bar = new ProgressBar(process.stderr);
  for (;;) {
    const run = await session.get<R>(path);
    bar.show(progressOf(run));
    if (!['queued', 'validating', 'running'].includes(run.status)) {
      bar.end();
      return run;
    }
    await pause(POLL_EVERY);
  }
}
