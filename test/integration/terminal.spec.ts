import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueDriver } from '../../src/platform/jobs/index.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { ADMIN, type Product, startProduct } from '../support/product.js';
import { ProductProcess } from '../support/product-process.js';

describe('The commands for imports and exports', () => {
  let product: Product;
  let folder: string;
  let options: string[];

  beforeAll(async () => {
    product = await startProduct();
    folder = await mkdtemp(join(tmpdir(), 'terminal-'));
    await product.app.listen(0, '127.0.0.1');
    const { port } = product.app.getHttpServer().address() as { port: number };
    options = ['--url', `http://127.0.0.1:${port}`, '--email', ADMIN.email, '--password', ADMIN.password];
  });

  afterAll(async () => {
    await product.close();
    await rm(folder, { recursive: true });
  });

  const run = (command: string, ...given: string[]) => ProductProcess.ended(`src/commands/${command}.ts`, folder, {}, ...given, ...options);

  it('import a file, show how far it is, and keep the rows that failed', async () => {
    await writeFile(join(folder, 'companies.csv'), 'Name,Internal rating Id\nAcme,5\nBad,9\n');

    const { code, printed } = await run('import', 'companies.csv', '--entity', 'customers', '--errors', 'mend.csv');

    expect(printed).toMatch(/\[#{30}\] {2}100 % {2}2 of 2 rows {2}1 failed/);
    expect(printed).toMatch(/completed-with-errors. read 2, added 1, replaced 0, unchanged 0, deleted 0, failed 1/);
    expect(code).toBe(2);
    expect(await readFile(join(folder, 'mend.csv'), 'utf8')).toContain('Bad,9,Internal rating Id: must be a whole number from 1 to 5');
  });

  it('export a list into a file', async () => {
    const { code, printed } = await run(
      'export',
      '--entity',
      'customers',
      '--filter',
      '{"name": "Acme"}',
      '--columns',
      'name',
      '--output',
      'out.csv',
    );

    expect(code).toBe(0);
    expect(printed).toMatch(/\[#{30}\] {2}100 % {2}1 of 1 rows/);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('Name\r\nAcme\r\n');
  });

  it.each([
    ['a file that is not there', ['nothing.csv'], 'There is no file nothing.csv.'],
    ['a folder', ['.'], '. is no file.'],
    ['no file', [], 'Say which file to import, and one only.'],
    ['two files', ['a.csv', 'b.csv'], 'Say which file to import, and one only.'],
    ['errors that go nowhere', ['some.csv', '--errors', 'nowhere/mend.csv'], 'There is no folder nowhere to write nowhere/mend.csv to.'],
    ['an option that there is not', ['some.csv', '--colour', 'red'], "Unknown option '--colour'"],
    ['a mapping to no column', ['some.csv', '--mapping', '{"a": "Nothing"}'], '/mapping/a: There is no column Nothing.'],
    ['a file of no known column', ['some.csv', '--force'], 'The file has none of the columns that this import knows'],
  ])('refuse to import %s', async (_what, given, said) => {
    await writeFile(join(folder, 'some.csv'), 'Colour\nred\n');

    const { code, printed } = await run('import', ...given);

    expect(printed).toContain(said);
    expect(code).toBe(1);
  });

  it.each([
    ['wrong credentials', ['--password', 'Wrong-horse-1'], 'The email address or the password is wrong'],
    ['no server', ['--url', 'http://127.0.0.1:1'], 'http://127.0.0.1:1 does not answer: '],
    ['no address', ['--url', 'somewhere'], 'somewhere is no address of a server'],
  ])('say so at %s', async (_what, given, said) => {
    options.push(...given);

    const { code, printed } = await run('export');

    options.splice(-given.length);
    expect(printed).toContain(said);
    expect(code).toBe(1);
  });

  it('say what is wrong in the words of the server', async () => {
    const { code, printed } = await run('export', '--entity', 'planets');

    expect(code).toBe(1);
    expect(printed).toContain('/entity: entity must be one of the following values: ');
  });

  it('say that an import was cancelled', async () => {
    // Nobody takes it up any more.
    await product.app.get(QueueDriver, { strict: false }).stop();
    await writeFile(join(folder, 'late.csv'), 'Name\nLate\n');

    const ended = run('import', 'late.csv', '--entity', 'customers');
    const path = '/admin/api/imports';
    const found = () => product.admin.get<Listed<{ id: number }>>(`${path}?filter[status]=queued`);
    await eventually(async () => (await found()).body.items.length === 1, 'the import is there');
    await product.admin.post(`${path}/${(await found()).body.items[0]?.id}/cancel`);

    const { code, printed } = await ended;
    expect(code).toBe(1);
    // One line is printed, the other told as an error: either may arrive first.
    for (const line of [/cancelled\. read 0/, /^Somebody cancelled it/m]) expect(printed).toMatch(line);
  });
});
