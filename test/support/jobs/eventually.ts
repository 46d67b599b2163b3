import { setTimeout as pause } from 'node:timers/promises';

/** Polls until `look` answers true; fails with its last answer when the deadline has passed. */
export async function eventually(look: () => Promise<boolean> | boolean, what: string, deadline = 60_000): Promise<void> {
  const end = Date.now() + deadline;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`Within ${deadline} ms it did not happen that ${what}.`);
    await pause(20);
  }
}
