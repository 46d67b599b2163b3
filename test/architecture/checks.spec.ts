import { cycles } from './cycles.js';
import { jobsWithoutOneHandler, routesWithoutOneRule } from './declarations.js';
import { leakedRows } from './exports.js';
import { sizeFaults } from './sizes.js';
import { sourceOf } from './source.js';
import { uses } from './words.js';

const project = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => sourceOf(path, text));

describe('The check for cycles', () => {
  it('finds a long one, type-only imports and re-exports included', () => {
    const files = { 'a.ts': `import type { B } from './b.js'`, 'b.ts': `export * from './c.js'`, 'c.ts': `type A = import('./a.js').A` };

    expect(cycles(project(files))).toEqual(['a.ts -> b.ts -> c.ts -> a.ts']);
  });

  it('finds a file that imports itself', () => {
    expect(cycles(project({ 'a.ts': `import './a.js'` }))).toEqual(['a.ts -> a.ts']);
  });

  it('passes two ways to one file', () => {
    const files = { 'a.ts': `import './b.js'; import './c.js'`, 'b.ts': `import './d.js'`, 'c.ts': `import './d.js'`, 'd.ts': '' };

    expect(cycles(project(files))).toEqual([]);
  });
});

describe('The check for words', () => {
  it.each([
    ['any', 'let a: any[]'],
    ['any', 'f(a as any)'],
    ['forwardRef', `import { forwardRef } from '@nestjs/common'`],
    ['ModuleRef', 'constructor(private readonly module: ModuleRef) {}'],
    ['jest.mock', `jest.mock('./a.js')`],
    ['jest.mock', `jest.doMock('./a.js')`],
    ['process.env', 'const port = process.env.PORT'],
    ['process.env', `globalThis.process['env']`],
    ['process.env', 'const { env } = process'],
    ['process.env', 'const { env: settings } = process'],
    ['process.env', `import { env } from 'node:process'`],
    ['process.env', `import { env as settings } from 'process'`],
  ] as const)('finds %s in `%s`', (word, text) => {
    expect(uses(word, [sourceOf('a.ts', `\n${text}`)])).toEqual([`a.ts:2 ${word}`]);
  });

  it.each([
    ['any', `// any word\nconst many = 'any'`],
    ['jest.mock', 'jest.fn()'],
    ['process.env', 'const { env } = worker; process.exit(env.code)'],
  ] as const)('does not take for %s what is none: `%s`', (word, text) => {
    expect(uses(word, [sourceOf('a.ts', text)])).toEqual([]);
  });
});

describe('The check for rows behind the index', () => {
  const entity = { 'src/roles/role.entity.ts': `export type Code = string;\n@Entity('roles')\nexport class Role {}` };
  const leak = ['src/roles/index.ts exports Role of src/roles/role.entity.ts'];

  it.each([
    `export { Role } from './role.entity.js'`,
    `export type { Role as Row } from './role.entity.js'`,
    `export * from './role.entity.js'`,
    `import { Role as Row } from './role.entity.js'; export { Row }`,
  ])('finds an entity in `%s`', (index) => {
    expect(leakedRows(project({ ...entity, 'src/roles/index.ts': index }))).toEqual(leak);
  });

  it('finds an entity that another file passes on', () => {
    const files = { 'src/roles/index.ts': `export * from './public.js'`, 'src/roles/public.ts': `export { Role } from './role.entity.js'` };

    expect(leakedRows(project({ ...entity, ...files }))).toEqual(leak);
  });

  it('finds a repository', () => {
    const files = {
      'src/roles/index.ts': `export { Roles } from './role.repository.js'`,
      'src/roles/role.repository.ts': 'export class Roles {}',
    };

    expect(leakedRows(project(files))).toEqual(['src/roles/index.ts exports Roles of src/roles/role.repository.ts']);
  });

  it('passes services, and types that are kept beside an entity', () => {
    const index = `export type { Code } from './role.entity.js'; export { Roles } from './roles.js'`;

    expect(leakedRows(project({ ...entity, 'src/roles/index.ts': index, 'src/roles/roles.ts': 'export class Roles {}' }))).toEqual([]);
  });
});

describe('The check for sizes', () => {
  const file = (path: string, lines: number) => ({ path, text: 'x\n'.repeat(lines) });
  const files = (count: number, lines: number) => Array.from({ length: count }, (_, index) => file(`${index}.ts`, lines));

  it('passes short files with a long one in twenty', () => {
    expect(sizeFaults([...files(19, 60), file('long.ts', 400)])).toEqual([]);
  });

  it('finds a high median', () => {
    expect(sizeFaults(files(3, 61))).toEqual(['The median file has 61 lines, more than 60.']);
  });

  it('finds too many long files', () => {
    expect(sizeFaults([...files(18, 60), file('one.ts', 201), file('two.ts', 202)])).toEqual([
      'More than 5 % of the files have more than 200 lines: one.ts (201), two.ts (202).',
    ]);
  });

  it('finds a file that is too long', () => {
    expect(sizeFaults([...files(40, 60), file('long.ts', 401)])).toEqual(['More than 400 lines: long.ts (401).']);
  });
});

describe('The check for access rules', () => {
  const controller = (text: string) => project({ 'a.ts': `class A {\n${text} call() {} }` });

  it.each([
    ['a bare route', '@Get()', 'a.ts:2 call has no access rule'],
    ['a route with two', '@Post() @Public() @RequirePermission(x)', 'a.ts:2 call has @Public and @RequirePermission'],
  ])('finds %s', (_, decorators, fault) => {
    expect(routesWithoutOneRule(controller(decorators))).toEqual([fault]);
  });

  it.each(['@Get() @Public()', `@Patch(':id') @Authenticated()`, ''])('passes `%s`', (decorators) => {
    expect(routesWithoutOneRule(controller(decorators))).toEqual([]);
  });
});

describe('The check for jobs', () => {
  const job = { 'job.ts': `export const Send = defineJob<{ id: number }>('mail.send', { queue: 'mail' })` };
  const handler = 'class A { @HandlesJob(Send) send() {} }';

  it('finds one without a handler', () => {
    expect(jobsWithoutOneHandler(project(job))).toEqual(['job.ts:1 Send has 0 handlers']);
  });

  it('finds one with two', () => {
    expect(jobsWithoutOneHandler(project({ ...job, 'a.ts': handler, 'b.ts': handler }))).toEqual(['job.ts:1 Send has 2 handlers']);
  });

  it('passes one with one', () => {
    expect(jobsWithoutOneHandler(project({ ...job, 'a.ts': handler }))).toEqual([]);
  });
});
