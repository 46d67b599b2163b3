import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';

const last = new WeakMap<object, Promise<unknown>>();

/**
 * Runs `work` once the earlier works of the same transaction are done, so that statements can be made while others run. After one that
 * failed, those that wait fail with it and send nothing: the server may have ended the transaction, and would commit them one by one.
 */
export async function inTurn<T>({ queryRunner }: EntityManager, work: () => Promise<T>): Promise<T> {
  if (!queryRunner) return work();
  const turn = (last.get(queryRunner) ?? Promise.resolve()).then(work);
  last.set(queryRunner, turn);
  try {
    return await turn;
  } finally {
    if (last.get(queryRunner) === turn) last.delete(queryRunner);
  }
}

/** Runs writes of many rows, one after the other, and makes each while the server works on the one before. */
export async function overlapping(writes: readonly (() => Promise<unknown>)[]): Promise<void> {
  const begun: Promise<unknown>[] = [];
  let failed = false;
  for (const write of writes) {
    if (failed) break;
    const one = write();
    // Whoever waits for all of them gets the error.
    one.catch(() => (failed = true));
    begun.push(one);
    await setImmediate();
  }
  for (const one of begun) await one;
}
