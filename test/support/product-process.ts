import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eventually } from './jobs/eventually.js';

const LOADER = resolve('test/support/jobs/typescript.mjs');

/** A process of the product, run from its sources in a folder and an environment of its own: no `.env` reaches it. */
export class ProductProcess {
  private output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(entry: string, folder: string, environment: Readonly<Record<string, string>>, ...options: string[]) {
    this.child = spawn(process.execPath, ['--import', LOADER, resolve(entry), ...options], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** All that it has printed. */
  get printed(): string {
    return this.output;
  }

  /** Runs a command to its end; one that fails fails the test. */
  static async run(entry: string, folder: string, environment: Readonly<Record<string, string>>, ...options: string[]): Promise<string> {
    const command = new ProductProcess(entry, folder, environment, ...options);
    await command.ended;
    if (command.child.exitCode !== 0) throw new Error(`${entry} ended with ${command.child.exitCode}:\n${command.output}`);
    return command.output;
  }

  /** Runs a command to its end, whatever that is. */
  static async ended(entry: string, folder: string, environment: Readonly<Record<string, string>>, ...options: string[]) {
    const command = new ProductProcess(entry, folder, environment, ...options);
    await command.ended;
    return { code: command.child.exitCode, printed: command.output };
  }

  async prints(text: string, deadline = 60_000): Promise<void> {
    const look = () => {
      if (this.child.exitCode !== null) throw new Error(`It ended with ${this.child.exitCode}:\n${this.output}`);
      return this.output.includes(text);
    };
    await eventually(look, `it prints "${text}"; it printed:\n${this.output}`, deadline);
  }

  /** Asks it to end, waits until it has, and answers its exit code; `null` when the signal ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    await this.ended;
    return this.child.exitCode;
  }
}
