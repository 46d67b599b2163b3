import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type MessageEvent } from '@nestjs/common';
import { isFinished } from './import.view.js';
import { Imports } from './imports.service.js';

const POLL_EVERY = 500;
/** Polls without news after which a line is sent all the same, so that a client that has gone is noticed. */
const SILENT_POLLS = 30;

/** Tells how an import gets on, as it does. */
@Injectable()
export class ImportFollower {
  constructor(private readonly imports: Imports) {}

  /** The import whenever it has changed, until it is over. Throws `NotFound` before the first. */
  async follow(id: number): Promise<AsyncGenerator<MessageEvent>> {
    await this.imports.getRow(id);
    return this.events(id);
  }

  private async *events(id: number): AsyncGenerator<MessageEvent> {
    let version = 0;
    for (let silent = 0; ; silent++) {
      const view = await this.imports.get(id);
      if (view.version !== version || silent >= SILENT_POLLS) {
        ({ version } = view);
        silent = 0;
        yield { type: isFinished(view) ? 'finished' : 'progress', data: view };
      }
      if (isFinished(view)) return;
      await pause(POLL_EVERY);
    }
  }
}
