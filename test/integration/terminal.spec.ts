import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

    expect(printed).toMatch(/\[#{30}\] {2}100 % {2}2 rows {2}1 failed/);
    expect(printed).toMatch(/completed-with-errors. read 2, added 1, replaced 0, unchanged 0, deleted 0, failed 1/);
    expect(code).toBe(2);
    expect(await readFile(join(folder, 'mend.csv'), 'utf8')).toContain('Bad,9,Internal rating Id: must be a whole number from 1 to 5');
  });

  it('export a list into a file', async () => {
    const { code } = await run(
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
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('Name\r\nAcme\r\n');
  });

  it('say what is wrong in the words of the server', async () => {
    const { code, printed } = await run('export', '--entity', 'planets');

    expect(code).toBe(1);
    expect(printed).toContain('/entity: entity must be one of the following values: ');
  });
});
