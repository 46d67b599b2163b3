import { moduleFaults } from './modules.js';
import { sourceOf } from './source.js';

describe('The check for modules', () => {
  it.each([
    ['a lower level', 'src/roles/role.ts', '../users/index.js'],
    ['the platform', 'src/roles/role.ts', '../platform/clock/index.js'],
    ['a file of the same module', 'src/roles/role.ts', './sub/label.js'],
    ['another piece of the platform', 'src/platform/jobs/job.ts', '../clock/index.js'],
    ['a package', 'src/roles/role.ts', 'typeorm'],
    ['everything where it is put together', 'src/app.module.ts', './notifications/index.js'],
    ['everything in a command', 'src/commands/keys.ts', '../oauth/index.js'],
    ['what tests share from a unit spec', 'src/roles/role.spec.ts', '../../test/support/clock.js'],
    ['the start of the product from a test', 'test/e2e/journey.spec.ts', '../../src/app.module.js'],
    ['the inside of a module from its integration test', 'test/integration/users.spec.ts', '../../src/users/user.entity.js'],
    ['the migrations where they are run', 'src/platform/database/data-source.ts', '../../../migrations/index.js'],
    ['the words of the schema from a migration', 'migrations/1-create-a.ts', '../src/platform/database/schema.js'],
  ])('lets a file import %s', (_, path, specifier) => {
    expect(moduleFaults([sourceOf(path, `import '${specifier}'`)])).toEqual([]);
  });

  it.each([
    ['upwards', 'src/users/user.ts', '../roles/index.js', 'upwards'],
    ['a feature from the platform', 'src/platform/jobs/job.ts', '../../users/index.js', 'upwards'],
    ['sideways', 'src/roles/role.ts', '../consents/index.js', 'sideways within a level'],
    ['past an index', 'src/roles/role.ts', '../users/user.entity.js', 'from outside only through src/users/index.ts'],
    ['past the index of a piece', 'src/platform/jobs/job.ts', '../clock/clock.js', 'from outside only through src/platform/clock/index.ts'],
    ['past an index from the root', 'src/main.ts', './users/user.js', 'from outside only through src/users/index.ts'],
    ['past an index from a journey', 'test/e2e/a.spec.ts', '../../src/users/user.js', 'from outside only through src/users/index.ts'],
    ['what puts it together', 'src/users/user.ts', '../app.module.js', 'from outside only through src/index.ts'],
    ['tests', 'src/users/user.ts', '../../test/support/clock.js', 'the product does not import its tests'],
    ['a folder without a level', 'src/users/user.ts', '../helpers/index.js', 'it lies in no module that has a level'],
    ['code from a migration', 'migrations/1-a.ts', '../src/users/index.js', 'migrations import src/platform/database/schema.ts alone'],
    ['the migrations', 'src/users/user.ts', '../../migrations/index.js', 'only src/platform/database runs migrations'],
  ])('refuses to import %s', (_, path, specifier, fault) => {
    const [found] = moduleFaults([sourceOf(path, `import '${specifier}'`)]);

    expect(found).toMatch(new RegExp(`^${path} imports \\S+: ${fault}$`));
  });

  it.each([
    `import type { A } from '../roles/index.js'`,
    `export { A } from '../roles/index.js'`,
    `export * from '../roles/index.js'`,
    `const a = await import('../roles/index.js')`,
    `type A = import('../roles/index.js').A`,
    `import a = require('../roles/index.js')`,
    `const a = require('../roles/index.js')`,
  ])('sees the import in `%s`', (text) => {
    expect(moduleFaults([sourceOf('src/users/user.ts', text)])).toEqual(['src/users/user.ts imports src/roles/index.ts: upwards']);
  });

  it.each(['src/helpers/text.ts', 'src/platform/text.ts'])('refuses %s, which has no level', (path) => {
    expect(moduleFaults([sourceOf(path, '')])).toEqual([`${path} lies in no module that has a level`]);
  });
});
