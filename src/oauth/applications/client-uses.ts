import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { In } from 'typeorm';
import { LoginAttempts } from '../../audit/index.js';
import { SECOND } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Client } from '../tokens/client-authentication.js';
import { Clients } from '../tokens/clients.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { OAuthSecret } from './oauth-secret.entity.js';

/** How long a use waits for others to be written with, in milliseconds. */
const SOON = SECOND / 4;

/** As many are written at once; who comes when so many wait, waits himself. */
const MOST = 1_000;

interface Use {
  readonly applicationId: number;
  readonly secretId: number;
  readonly attempt: ReturnType<Clients['letIn']>;
  readonly logged: boolean;
}

/**
 * Writes the uses of applications and their secrets, with the log of attempts, behind the requests and in batches. A process that is
 * killed loses the last quarter of a second of them, and no token.
 */
@Injectable()
export class ClientUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger('OAuth');
  private waiting: Use[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clients: Clients,
    private readonly attempts: LoginAttempts,
  ) {}

  /** `logged` says whether it is an attempt to act, as the log keeps them; to ask after a token, or to revoke one, is none. */
  async note({ application, secret }: Client, { logged }: { logged: boolean }): Promise<void> {
    this.waiting.push({ applicationId: application.id, secretId: secret.id, attempt: this.clients.letIn(application), logged });
    if (this.stopping || this.waiting.length >= MOST) return this.flush();
    this.timer ??= setTimeout(() => void this.flush(), SOON).unref();
  }

  /** Writes what waits. Resolves when it is written, or has been put back because the database would not have it. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.flush();
  }

  private async write(): Promise<void> {
    const batch = this.waiting.splice(0, MOST);
    if (batch.length === 0) return;
    try {
      await this.work.run(() => this.record(batch));
    } catch (error) {
      this.logger.warn(
        `The uses of ${batch.length} secrets are not written yet: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (this.waiting.length < MOST) this.waiting.unshift(...batch);
    }
  }

  /** All of a batch get the time of its newest: they are a moment apart. */
  private async record(batch: readonly Use[]): Promise<void> {
    const lastUsedAt = batch.at(-1)?.attempt.at;
    const ids = (of: (use: Use) => number) => ({ id: In([...new Set(batch.map(of))].sort((a, b) => a - b)) });
    // A use is no change of the application: its version stays.
    const used = { lastUsedAt, version: () => 'version' };
    const applications = this.work.repository(OAuthApplication).createQueryBuilder().update().set(used);
    await applications.where(ids(({ applicationId }) => applicationId)).execute();
    await this.work.repository(OAuthSecret).update(
      ids(({ secretId }) => secretId),
      { lastUsedAt },
    );
    await this.attempts.recordAll(batch.filter(({ logged }) => logged).map(({ attempt }) => attempt));
  }
}
