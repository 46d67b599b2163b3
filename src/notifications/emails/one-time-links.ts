const TOKEN = /([?&]token=)[^&#\s]+/g;

/**
 * The same context with the one-time tokens in its links blotted out. What is kept and shown of a mail is rendered from this one:
 * who may read the delivery log must not be able to set other people's passwords.
 */
export function withoutTokens<C extends object>(context: C): C {
  return Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, typeof value === 'string' ? value.replace(TOKEN, '$1...') : value]),
  ) as C;
}

export const carriesToken = (context: object): boolean =>
  Object.values(context).some((value) => typeof value === 'string' && value.search(TOKEN) >= 0);
