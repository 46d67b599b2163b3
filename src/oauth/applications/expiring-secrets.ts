import { Injectable } from '@nestjs/common';
import { Between, In, IsNull } from 'typeorm';
import { Clock, DAY } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Events } from '../../platform/events/index.js';
import { Chore } from '../../platform/jobs/index.js';
import { factsOf } from '../tokens/clients.js';
import { OAuthApplication } from './oauth-application.entity.js';
import { OAuthSecret } from './oauth-secret.entity.js';
import { OAuthSecretExpiring } from '../oauth.events.js';

/** So long before the end of a secret its owner is told; of one that is good for less than twice that, at its half. */
const LEAD = 14 * DAY;

/** Secrets of one round; the others are told of with the next ones. */
const MOST = 1_000;

/** Tells owners of active applications that a secret is about to expire, once. */
@Injectable()
export class ExpiringSecrets extends Chore {
  readonly name = 'Telling of secrets that are about to expire';

  constructor(
    private readonly work: UnitOfWork,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const soon = { expiresAt: Between(now, this.clock.in(LEAD)), expiryToldAt: IsNull() };
    const secrets = await this.work.repository(OAuthSecret).find({ where: soon, order: { expiresAt: 'ASC' }, take: MOST });
    const ids = [...new Set(secrets.map(({ applicationId }) => applicationId))];
    const applications = await this.work.repository(OAuthApplication).findBy({ id: In(ids), active: true });
    for (const secret of secrets) {
      const application = applications.find(({ id }) => id === secret.applicationId);
      if (application && isDue(secret, now)) await this.tell(application, secret, now);
    }
  }

  private async tell(application: OAuthApplication, { id, hint, expiresAt }: OAuthSecret, now: Date): Promise<void> {
    await this.work.run(async () => {
      const told = await this.work.repository(OAuthSecret).update({ id, expiryToldAt: IsNull() }, { expiryToldAt: now });
      // Another process was first, or it is gone.
      if (told.affected !== 1 || expiresAt === null) return;
      await this.events.record(new OAuthSecretExpiring(factsOf(application), now, { hint, expiresAt }));
    });
  }
}

function isDue({ createdAt, expiresAt }: OAuthSecret, now: Date): boolean {
  const end = expiresAt?.getTime() ?? Infinity;
  return now.getTime() >= Math.max(end - LEAD, (createdAt.getTime() + end) / 2);
}
