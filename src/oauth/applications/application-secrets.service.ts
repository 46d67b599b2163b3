import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { History } from '../../platform/history/index.js';
import { ApplicationScopes } from './application-scopes.js';
import { ApplicationStanding } from './application-standing.js';
import { ApplicationViews } from './application-views.js';
import type { OAuthApplicationWithSecret, OAuthSecretDraft } from './applications.dto.js';
import { ApplicationsRepository } from './applications.repository.js';
import { ClientSecrets } from './client-secret.js';
import { factsOf } from '../tokens/clients.js';
import type { OAuthApplication } from './oauth-application.entity.js';
import { ExpiryPassed, KEYS_WARNING, TooManySecrets } from '../oauth.errors.js';
import { OAuthSecretAdded } from '../oauth.events.js';
import { OAuthApplicationPermission } from '../oauth.permissions.js';
import { SigningKeys } from '../keys/signing-keys.js';

/** Of one application; two suffice to replace a secret without a gap. */
const MOST_SECRETS = 10;

/** What the history shows in place of a secret. */
const CHANGED = { old: '(changed)', new: '(changed)' };

@Injectable()
export class ApplicationSecrets {
  constructor(
    private readonly work: UnitOfWork,
    private readonly applications: ApplicationsRepository,
    private readonly views: ApplicationViews,
    private readonly scopes: ApplicationScopes,
    private readonly standings: ApplicationStanding,
    private readonly clientSecrets: ClientSecrets,
    private readonly keys: SigningKeys,
    private readonly history: History,
    private readonly events: Events,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
  ) {}

  add(applicationId: number, { expiresAt }: OAuthSecretDraft): Promise<OAuthApplicationWithSecret> {
    return this.work.run(async () => {
      const row = await this.applications.getForChange(applicationId, OAuthApplicationPermission.edit);
      await this.scopes.refuseAboveCaller(
        row,
        row.scopes.map((right) => ({ right, pointer: '' })),
      );
      await this.standings.refuseWithoutOwner(row);
      if ((await this.applications.secretsOf([row.id])).length >= MOST_SECRETS) throw new TooManySecrets(MOST_SECRETS);
      const clientSecret = await this.insert(row.id, this.expiryOf('expiresAt', expiresAt));
      const saved = await this.touch(row, 'secret_added');
      await this.events.record(new OAuthSecretAdded(factsOf(saved), this.clock.now(), this.context.principal().name));
      const warning = this.keys.fault() === undefined ? null : KEYS_WARNING;
      return { ...(await this.views.one(saved)), clientSecret, warning };
    });
  }

  revoke(applicationId: number, secretId: number): Promise<void> {
    return this.work.run(async () => {
      const row = await this.applications.getForChange(applicationId, OAuthApplicationPermission.edit);
      await this.applications.removeSecret(row.id, secretId);
      await this.touch(row, 'secret_revoked');
    });
  }

  /** Gives an application a secret, in the unit of work that is open; answers it, the only time that it is known. */
  async insert(applicationId: number, expiresAt: Date | null): Promise<string> {
    const { secret, hash, hint } = this.clientSecrets.create();
    await this.applications.addSecret({
      applicationId,
      hash,
      hint,
      expiresAt,
      expiryToldAt: null,
      lastUsedAt: null,
      createdAt: this.clock.now(),
    });
    return secret;
  }

  /** What a member of a request says of when a secret ends. Throws `ExpiryPassed`. */
  expiryOf(member: string, text: string | null | undefined): Date | null {
    if (text === null || text === undefined) return null;
    const expiresAt = new Date(text);
    if (!(expiresAt > this.clock.now()) || expiresAt.getUTCFullYear() > 9999) throw new ExpiryPassed(member);
    return expiresAt;
  }

  /** Its secrets are part of what an application shows: its version moves with them. */
  private async touch(row: OAuthApplication, action: string): Promise<OAuthApplication> {
    const saved = await this.applications.save(Object.assign(row, { updatedAt: this.clock.now() }));
    await this.history.noted('oauth_application', saved, action, { secrets: CHANGED });
    return saved;
  }
}
