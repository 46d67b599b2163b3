import { type Source, targetsOf } from './source.js';

/** Who may import whom: a module imports modules of lower levels alone, and nobody beside it. Users are the base of customers, whom they own; custom fields of what has them. */
const LEVELS = [
  ['organizations', 'audit'],
  ['custom-fields'],
  ['users'],
  ['import-export'],
  ['customers'],
  ['roles', 'consents'],
  ['customer-users'],
  ['oauth', 'sessions', 'records'],
  ['notifications'],
];

/** Puts the modules together and starts them: imports any, is imported by none. */
const COMPOSITION = /^src\/(commands\/.+|[^/]+)\.ts$/;
/** Written for one version of the schema, so they see its vocabulary and nothing that changes with the code. */
const MIGRATION_VOCABULARY = 'src/platform/database/schema.ts';

/** Suites that prove rows and pieces; a journey through the whole product stays outside, as its callers are. */
const LOOKS_INSIDE = /^test\/(?!e2e\/)/;

interface Place {
  /** The folder whose `index.ts` is its door. */
  readonly folder: string;
  readonly level: number;
}

/** What is wrong with the imports between modules. */
export function moduleFaults(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    if (!source.path.startsWith('test/') && !placeOf(source.path)) return [`${source.path} lies in no module that has a level`];
    return targetsOf(source).flatMap((target) => {
      const fault = faultOf(source.path, target);
      return fault ? [`${source.path} imports ${target}: ${fault}`] : [];
    });
  });
}

function faultOf(path: string, target: string): string | undefined {
  const isTest = path.startsWith('test/') || path.endsWith('.spec.ts');
  if (target.startsWith('test/')) return isTest ? undefined : 'the product does not import its tests';
  const [from, to] = [placeOf(path), placeOf(target)];
  if (!to) return 'it lies in no module that has a level';
  if (from?.folder === to.folder) return undefined;
  if (path.startsWith('migrations/'))
    return target === MIGRATION_VOCABULARY ? undefined : `migrations import ${MIGRATION_VOCABULARY} alone`;
  if (LOOKS_INSIDE.test(path)) return undefined;
  if (target !== `${to.folder}/index.ts` && !(isTest && isComposition(target))) return `from outside only through ${to.folder}/index.ts`;
  if (path.startsWith('test/')) return undefined;
  if (to.folder === 'migrations')
    return from?.folder === 'src/platform/database' ? undefined : 'only src/platform/database runs migrations';
  if (from?.level === 0 && to.level === 0) return undefined;
  if (from && from.level > to.level) return undefined;
  return from?.level === to.level ? 'sideways within a level' : 'upwards';
}

const isComposition = (path: string) => COMPOSITION.test(path);

function placeOf(path: string): Place | undefined {
  if (path.startsWith('migrations/')) return { folder: 'migrations', level: 0 };
  if (isComposition(path)) return { folder: 'src', level: LEVELS.length + 1 };
  const [, piece] = /^src\/platform\/([^/]+)\//.exec(path) ?? [];
  if (piece) return { folder: `src/platform/${piece}`, level: 0 };
  const [, name = ''] = /^src\/([^/]+)\//.exec(path) ?? [];
  const level = LEVELS.findIndex((modules) => modules.includes(name)) + 1;
  return level === 0 ? undefined : { folder: `src/${name}`, level };
}
