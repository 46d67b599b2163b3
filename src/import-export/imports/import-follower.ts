import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, StreamableFile } from '@nestjs/common';
import { isFinished } from './import.view.js';
import { Imports } from './imports.service.js';

const POLL_EVERY = 500;
/** Polls without news after which a line is sent all the same, so that a client that has gone is noticed. */
const SILENT_POLLS = 30;

/** Tells how an import gets on, as it does. */
@Injectable()
export class ImportFollower implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(private readonly imports: Imports) {}

  /** A process that stops does not wait for the imports that somebody follows: browsers connect again. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** The import as a server-sent event whenever it has changed, until it is over. Throws `NotFound`, which Nest's own `@Sse` would answer with 200. */
  async follow(id: number): Promise<StreamableFile> {
    await this.imports.getRow(id);
    return new StreamableFile(Readable.from(this.events(id), { objectMode: false }), { type: 'text/event-stream; charset=utf-8' });
  }

  private async *events(id: number): AsyncGenerator<string> {
    const { signal } = this.stopping;
    let version = 0;
    for (let silent = 0; ; silent++) {
      const view = await this.imports.get(id);
      if (view.version !== version || silent >= SILENT_POLLS) {
        ({ version } = view);
        silent = 0;
        yield `event: ${isFinished(view) ? 'finished' : 'progress'}\nid: ${version}\ndata: ${JSON.stringify(view)}\n\n`;
      }
      if (isFinished(view)) return;
      await pause(POLL_EVERY, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
  }
}
