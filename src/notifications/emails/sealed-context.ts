import { Injectable } from '@nestjs/common';
import { Vault } from '../../platform/secrets/index.js';

const PURPOSE = 'notifications: what a mail says';

/** Another `SESSION_SECRET` sealed it, or somebody changed it. No other try will differ. */
export class SealBroken extends Error {
  constructor(cause: unknown) {
    super('What the mail says cannot be unsealed: SESSION_SECRET has changed since it was queued.', { cause });
    this.name = 'SealBroken';
  }
}

/** Keeps what a mail will say, links with one-time tokens among it, unreadable in the database until it is sent. */
@Injectable()
export class SealedContext {
  constructor(private readonly vault: Vault) {}

  close(context: object): string {
    return this.vault.seal(PURPOSE, JSON.stringify(context));
  }

  /** Throws {@link SealBroken}. */
  open(sealed: string): object {
    try {
      return JSON.parse(this.vault.open(PURPOSE, sealed)) as object;
    } catch (error) {
      throw new SealBroken(error);
    }
  }
}
