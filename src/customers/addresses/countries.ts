/** The countries of ISO 3166-1 and their regions of ISO 3166-2. */
export interface Countries {
  /** Names by alpha-2 code. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of regions by code, by the code of their country; countries without regions are left out. */
  readonly regions: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

let loaded: Promise<Countries> | undefined;

/** Read by the first who asks: most processes that only work on jobs never do. */
export function countries(): Promise<Countries> {
  return (loaded ??= load());
}

async function load(): Promise<Countries> {
  const { iso31661, iso31662 } = await import('iso-3166');
  const regions = new Map<string, Map<string, string>>();
  for (const { code, name } of iso31662) {
    const country = code.slice(0, 2);
    regions.set(country, (regions.get(country) ?? new Map<string, string>()).set(code, name));
  }
  return { names: new Map(iso31661.map(({ alpha2, name }) => [alpha2, name])), regions };
}
