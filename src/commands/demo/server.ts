import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PATIENCE = 30_000;

/** A server of its own for the demo: on a free port, with all of its data in a folder that can be thrown away. */
export class DemoServer {
  private server: ChildProcess | undefined;
  /** Whether somebody wanted it to stop. */
  stopped = false;
  private readonly log: WriteStream;

  private constructor(
    readonly folder: string,
    readonly url: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.log = createWriteStream(this.logFile);
  }

  static async prepare(adminPassword: string): Promise<DemoServer> {
    const folder = await mkdtemp(join(tmpdir(), 'customer-identity-demo-'));
    const port = await freePort();
    const url = `http://localhost:${port}`;
    return new DemoServer(folder, url, { PORT: String(port), ADMIN_PASSWORD: adminPassword, LOG_LEVEL: 'warn' });
  }

  get outbox(): string {
    return join(this.folder, 'data', 'outbox');
  }

  get logFile(): string {
    return join(this.folder, 'server.log');
  }

  /** Makes keys and the database, and answers once the server does. */
  async start(): Promise<void> {
    for (const command of ['commands/keys', 'commands/migrate']) {
      const child = this.spawn(command);
      await once(child, 'close');
      if (this.stopped) return;
      if (child.exitCode !== 0) throw new Error(`${command} ended with ${child.exitCode}; ${this.logFile} says why`);
    }
    this.server = this.spawn('main');
    for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
      if (this.stopped) return;
      if (this.server.exitCode !== null) throw new Error(`The server ended with ${this.server.exitCode}; ${this.logFile} says why`);
      if (await answers(`${this.url}/health/ready`)) return;
    }
    throw new Error(`The server is not ready after ${PATIENCE / 1_000} seconds; ${this.logFile} may say why`);
  }

  /** Answers when the server has ended, however that came. */
  async ended(): Promise<void> {
    const { server } = this;
    if (server && server.exitCode === null && server.signalCode === null) await once(server, 'close');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.server?.kill('SIGTERM');
    await this.ended();
  }

  async removeData(): Promise<void> {
    this.log.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs a part of the product in the folder, where no `.env` is, and with nothing of this process's environment. */
  private spawn(entry: string): ChildProcess {
    const file = fileURLToPath(new URL(`../../${entry}${extname(import.meta.url)}`, import.meta.url));
    const child = spawn(process.execPath, [...process.execArgv, file], {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl+C in the terminal is for the demo, which then stops the server.
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream.pipe(this.log, { end: false });
    return child;
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
