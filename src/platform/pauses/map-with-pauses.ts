import { setImmediate } from 'node:timers/promises';

/** Items at a stretch: a few milliseconds of the work that is done on a row. */
const STRETCH = 200;

/** `map` over many items, with pauses in which requests, heartbeats and the answers of servers are taken up. */
export async function mapWithPauses<T, R>(items: readonly T[], map: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % STRETCH === 0) await setImmediate();
    results.push(map(item, index));
  }
  return results;
}
