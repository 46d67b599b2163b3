/** Has the next batch made while one is worked on. */
export async function* readAhead<T>(batches: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = batches.next();
  try {
    for (;;) {
      const read = await next;
      if (read.done) return;
      next = batches.next();
      // Whoever asks for it gets the error; until then it must not end the process.
      next.catch(() => undefined);
      yield read.value;
    }
  } finally {
    await batches.return(undefined);
  }
}
