import { AsyncResource } from 'node:async_hooks';

interface Made<T> {
  readonly item: T;
  /** Begins to make the next one; in any case that is done when it is asked for. */
  readonly makeNext: () => void;
}

/** Has the next one made while one is worked on, from the moment that whoever works on it says. */
export async function* madeAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<Made<T>> {
  let next = items.next();
  try {
    for (;;) {
      const made = await next;
      if (made.done) return;
      let begun: Promise<IteratorResult<T>> | undefined;
      const begin = () => {
        begun ??= items.next();
        // Whoever asks for it gets the error; until then it must not end the process.
        begun.catch(() => undefined);
        return begun;
      };
      // It is no part of the work, or of the unit of work, in which it begins.
      yield { item: made.value, makeNext: AsyncResource.bind(() => void begin()) };
      next = begin();
    }
  } finally {
    await items.return(undefined);
  }
}

/** Has the next one made all the while that one is worked on. */
export async function* readAhead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  for await (const { item, makeNext } of madeAhead(items)) {
    makeNext();
    yield item;
  }
}
