import { Injectable } from '@nestjs/common';
import { LoginAttempts, type LoginTry } from '../../audit/index.js';
import { Clock } from '../../platform/clock/index.js';
import { sameSecret } from '../../platform/secrets/index.js';
import type { ClientCredentials } from './client-credentials.js';
import { ClientSecrets } from '../applications/client-secret.js';
import { type KnownClient, KnownClients } from '../applications/known-clients.js';
import type { OAuthApplication } from '../applications/oauth-application.entity.js';
import type { ApplicationFacts } from '../oauth.events.js';
import type { OAuthSecret } from '../applications/oauth-secret.entity.js';

/** Characters; the database keeps no more. */
const LONGEST_CLIENT_ID = 32;

/** Applications as the token endpoint meets them: by client id and secret, whoever acts. */
@Injectable()
export class Clients {
  constructor(
    private readonly known: KnownClients,
    private readonly secrets: ClientSecrets,
    private readonly attempts: LoginAttempts,
    private readonly clock: Clock,
  ) {}

  /** The client of that id, and the secret of its that was shown. The secret of an unknown client is hashed as well. */
  async identify({ clientId, clientSecret }: ClientCredentials): Promise<Partial<KnownClient> & { secret?: OAuthSecret }> {
    const hash = this.secrets.hash(clientSecret);
    const client = await this.known.find(clientId);
    const now = this.clock.now();
    const secret = client?.secrets.find((row) => sameSecret(row.hash, hash) && (row.expiresAt === null || row.expiresAt > now));
    return { ...client, secret };
  }

  /** What the log of attempts keeps of an application that is let in now. */
  letIn(application: OAuthApplication) {
    return { success: true, username: application.clientId, ...ownerOf(application), ...this.attempts.moment() };
  }

  /** `clientId` is what was sent: maybe no client's at all. The application, looked for when left out, is told where it names one, right secret or not. */
  async refused(clientId: string, reason: string, application?: OAuthApplication | null): Promise<void> {
    const username = clientId.replace(/[^\x20-\x7e]/g, '?');
    const named = application === undefined ? await this.find(clientId) : application;
    await this.attempts.record({ success: false, reason, username, source: 'oauth', ...(named && ownerOf(named)) });
  }

  private async find(clientId: string): Promise<OAuthApplication | undefined> {
    return clientId.length > LONGEST_CLIENT_ID ? undefined : (await this.known.find(clientId))?.application;
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

function ownerOf({ name, ownerType, ownerId, organizationId }: OAuthApplication): Omit<LoginTry, 'success' | 'username'> {
  const known = { source: 'oauth', organizationId, user: name } as const;
  return ownerType === 'user' ? { ...known, side: 'backend', userId: ownerId } : { ...known, side: 'storefront', customerUserId: ownerId };
}
