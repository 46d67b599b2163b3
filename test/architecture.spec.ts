import { readFileSync } from 'node:fs';
import { environmentExample } from '../src/platform/config/index.js';
import { cycles } from './architecture/cycles.js';
import { jobsWithoutOneHandler, routesWithoutOneRule } from './architecture/declarations.js';
import { leakedRows } from './architecture/exports.js';
import { moduleFaults } from './architecture/modules.js';
import { sizeFaults } from './architecture/sizes.js';
import { filesBelow, readSources } from './architecture/source.js';
import { uses } from './architecture/words.js';

describe('The architecture', () => {
  const everything = readSources('src', 'migrations', 'test');
  const product = everything.filter(({ path }) => !path.startsWith('test/') && !path.endsWith('.spec.ts'));

  it('lets modules import lower levels alone, through their index', () => {
    expect(moduleFaults(everything)).toEqual([]);
  });

  it('has no import cycle of any length', () => {
    expect(cycles(everything)).toEqual([]);
  });

  it.each(['any', 'forwardRef', 'ModuleRef', 'jest.mock'] as const)('does without %s', (word) => {
    expect(uses(word, everything)).toEqual([]);
  });

  it('reads process.env in the configuration alone', () => {
    expect(
      uses(
        'process.env',
        product.filter(({ path }) => !path.startsWith('src/platform/config/')),
      ),
    ).toEqual([]);
  });

  it('imports Bull in one file', () => {
    const files = product.filter(({ imports }) => imports.some((name) => /^(@nestjs\/)?bull(\/|$)/.test(name)));
    expect(files.map(({ path }) => path)).toEqual([expect.stringMatching(/^src\/platform\/jobs\//)]);
  });

  it('keeps entities and repositories behind the index of their feature', () => {
    expect(leakedRows(product)).toEqual([]);
  });

  it('keeps files short', () => {
    expect(sizeFaults(everything)).toEqual([]);
  });

  it('has at most three levels of folders below src', () => {
    expect(filesBelow('src').filter((path) => path.split('/').length > 5)).toEqual([]);
  });

  it('gives every route exactly one access rule', () => {
    expect(routesWithoutOneRule(product)).toEqual([]);
  });

  it('gives every job exactly one handler', () => {
    expect(jobsWithoutOneHandler(product)).toEqual([]);
  });

  it('shows every variable of the environment in .env.example', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(environmentExample());
  });
});
