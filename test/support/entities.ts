import { resolve } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { filesBelow } from '../architecture/source.js';

/** Every entity class that a file of the product exports. */
export async function entitiesOfTheProduct() {
  const files = filesBelow('src').filter((path) => path.endsWith('.entity.ts'));
  const modules = await Promise.all(files.map((file) => import(resolve(file)) as Promise<Record<string, unknown>>));
  const exported = new Set(modules.flatMap((module) => Object.values(module)));
  return getMetadataArgsStorage()
    .tables.map(({ target }) => target)
    .filter((target) => typeof target === 'function')
    .filter((target) => exported.has(target));
}
