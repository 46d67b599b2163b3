import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { type Setting, Settings, settings } from '../organizations/index.js';
import { Clock, HOUR, Random } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { sha256 } from '../platform/secrets/index.js';
import { LinkToken, type LinkPurpose } from './link-token.entity.js';

const LIFETIMES: Record<LinkPurpose, Setting<number>> = { 'set-password': settings.setPasswordHours };

/** The tokens in mailed links: 256 bits, kept as SHA-256, good once and for one purpose until they expire. */
@Injectable()
export class LinkTokens {
  constructor(
    private readonly work: UnitOfWork,
    private readonly settings: Settings,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** A new token; the ones given out before for the same purpose are over. */
  async issue(person: { id: number; organizationId: number; websiteId: number }, purpose: LinkPurpose): Promise<string> {
    const token = this.random.token();
    const hours = await this.settings.get(LIFETIMES[purpose], person);
    await this.end(person.id, purpose);
    await this.work.repository(LinkToken).insert({
      customerUserId: person.id,
      purpose,
      tokenHash: sha256(token),
      expiresAt: this.clock.in(hours * HOUR),
      createdAt: this.clock.now(),
    });
    return token;
  }

  /** Whose link it is, while it is good. */
  async find(token: string, purpose: LinkPurpose): Promise<number | undefined> {
    const found = await this.work
      .repository(LinkToken)
      .findOneBy({ tokenHash: sha256(token), purpose, expiresAt: MoreThan(this.clock.now()) });
    return found?.customerUserId;
  }

  /** Uses a token up and says whose it is: of two at once, one gets it. */
  async take(token: string, purpose: LinkPurpose): Promise<number | undefined> {
    const customerUserId = await this.find(token, purpose);
    if (customerUserId === undefined) return undefined;
    const { affected } = await this.work.repository(LinkToken).delete({ tokenHash: sha256(token) });
    return affected === 1 ? customerUserId : undefined;
  }

  /** Ends the open links of a customer user, all or those for one purpose. */
  async end(customerUserId: number, purpose?: LinkPurpose): Promise<void> {
    await this.work.repository(LinkToken).delete({ customerUserId, ...(purpose && { purpose }) });
  }
}
