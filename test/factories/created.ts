import type { Answer } from '../support/client.js';

/** The body of an answer to what created something. Fails with the problem when it did not. */
export function created<T>({ status, body }: Answer<T>): T {
  if (status !== 201) throw new Error(`Creating answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
