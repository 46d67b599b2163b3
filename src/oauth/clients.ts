import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Events } from '../platform/events/index.js';
import { sameSecret } from '../platform/secrets/index.js';
import type { ClientCredentials } from './client-credentials.js';
import { ClientSecrets } from './client-secret.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { type ApplicationFacts, OAuthTokenIssued, OAuthTokenRefused } from './oauth.events.js';
import { OAuthSecret } from './oauth-secret.entity.js';

/** Applications as the token endpoint meets them: by client id and secret, whoever acts. */
@Injectable()
export class Clients {
  constructor(
    private readonly work: UnitOfWork,
    private readonly secrets: ClientSecrets,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** The application of that client id, and the secret of its that was shown. An unknown client takes as long as a wrong secret. */
  async identify({ clientId, clientSecret }: ClientCredentials): Promise<{ application?: OAuthApplication; secret?: OAuthSecret }> {
    const hash = this.secrets.hash(clientSecret);
    const found = await this.work.repository(OAuthApplication).findOneBy({ clientId });
    // Databases may ignore spaces at the end.
    const application = found?.clientId === clientId ? found : undefined;
    const candidates = await this.work.repository(OAuthSecret).findBy({ applicationId: application?.id ?? 0 });
    const now = this.clock.now();
    const secret = candidates.find((row) => sameSecret(row.hash, hash) && (row.expiresAt === null || row.expiresAt > now));
    return { application, secret };
  }

  /** Notes the use of application and secret, and tells who listens. */
  async issued(application: OAuthApplication, secret: OAuthSecret): Promise<void> {
    const lastUsedAt = this.clock.now();
    await this.work.run(async () => {
      // A use is no change of the application: its version stays.
      const used = { lastUsedAt, version: () => 'version' };
      await this.work.repository(OAuthApplication).createQueryBuilder().update().set(used).where({ id: application.id }).execute();
      await this.work.repository(OAuthSecret).update({ id: secret.id }, { lastUsedAt });
      await this.events.record(new OAuthTokenIssued(factsOf(application)));
    });
  }

  async refused(clientId: string, reason: string, application: OAuthApplication | undefined): Promise<void> {
    const named = clientId.replace(/[^\x20-\x7e]/g, '?').slice(0, 255);
    const event = new OAuthTokenRefused(named, reason, application && factsOf(application));
    await this.work.run(() => this.events.record(event));
  }
}

export const factsOf = ({ id, name, clientId, organizationId, ownerType, ownerId }: OAuthApplication): ApplicationFacts => ({
  id,
  name,
  clientId,
  organizationId,
  ownerType,
  ownerId,
});
