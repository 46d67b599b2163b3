const TOKEN = /([?&]token=)([^&#\s]+)/g;

/**
 * The same context with the one-time tokens in its links blotted out. What is kept and shown of a mail is rendered from this one:
 * who may read the delivery log must not be able to set other people's passwords.
 */
export function withoutTokens<C extends object>(context: C): C {
  return Object.fromEntries(
    Object.entries(context).map(([name, value]) => [name, typeof value === 'string' ? value.replace(TOKEN, '$1...') : value]),
  ) as C;
}

/** The one-time tokens in the links of a context. */
export const tokensIn = (context: object): string[] =>
  Object.values(context)
    .filter((value) => typeof value === 'string')
    .flatMap((value) => [...value.matchAll(TOKEN)].flatMap(([, , token]) => token ?? []));

export const carriesToken = (context: object): boolean => tokensIn(context).length > 0;
