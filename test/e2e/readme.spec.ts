import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aFreePort } from '../support/jobs/private-redis.js';
import { ProductProcess } from '../support/product-process.js';

jest.setTimeout(180_000);

/** The commands that the README asks its reader to paste. */
async function theWalk(): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const [, walk = ''] = /## A walk with curl([\s\S]*?)\n## /.exec(readme) ?? [];
  return [...walk.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, commands]) => commands).join('\n');
}

async function bash(script: string, cwd: string): Promise<{ code: number; output: string }> {
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(shell, 'close')) as [number];
  return { code, output };
}

describe('The walk with curl in the README', () => {
  let folder: string;
  let server: ProductProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'readme-'));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes through to its end, and shows what the README says it shows', async () => {
    const port = await aFreePort();
    const environment = { PORT: String(port), ADMIN_PASSWORD: 'Change-me-1', LOG_LEVEL: 'silent', PATH: process.env['PATH'] ?? '' };
    await ProductProcess.run('src/commands/keys.ts', folder, environment);
    await ProductProcess.run('src/commands/migrate.ts', folder, environment);
    server = new ProductProcess('src/main.ts', folder, environment);
    await server.prints('Customer Identity is up');

    const { code, output } = await bash((await theWalk()).replaceAll('localhost:3000', `localhost:${port}`), folder);

    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) as string });
    expect(output).toContain('"fullName":"Amanda Cole"');
    expect(output).toMatch(/"counts":\{"read":3,"added":1,"replaced":0,"unchanged":0,"deleted":0,"failed":2\}/);
    expect(output).toContain('row 2, Email Address: not a valid email address');
    expect(output).toContain('"code":"auth.wrong_audience"');
    expect(output).toContain('"code":"auth.application_inactive"');
    expect(output).toMatch(/"act":"accepted".*"text":"We keep your data to serve your company\."/);
    expect(output).toMatch(/"counts":\{"read":2,"added":0,"replaced":0,"unchanged":2,"deleted":0,"failed":0\}/);
  });
});
