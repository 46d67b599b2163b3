import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { type Setting, Settings, settings } from '../organizations/index.js';
import { Clock, HOUR, Random } from '../platform/clock/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { sha256 } from '../platform/secrets/index.js';
import { LinkToken, type LinkPurpose } from './link-token.entity.js';

const LIFETIMES: Record<LinkPurpose, Setting<number>> = {
  'set-password': settings.setPasswordHours,
  'reset-password': settings.resetPasswordHours,
  'confirm-email': settings.confirmEmailHours,
  'change-email': settings.changeEmailHours,
  'prove-new-email': settings.changeEmailHours,
};

/** Both kinds of link with which a password is set. */
export const PASSWORD_LINKS: readonly LinkPurpose[] = ['set-password', 'reset-password'];

/** A link that is good. */
export interface OpenLink {
  customerUserId: number;
  purpose: LinkPurpose;
}

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
    await this.end(person.id, PASSWORD_LINKS.includes(purpose) ? PASSWORD_LINKS : [purpose]);
    await this.work.repository(LinkToken).insert({
      customerUserId: person.id,
      purpose,
      tokenHash: sha256(token),
      expiresAt: this.clock.in(hours * HOUR),
      createdAt: this.clock.now(),
    });
    return token;
  }

  /** Whose link it is, while it is good for one of the purposes. */
  async find(token: string, ...purposes: readonly LinkPurpose[]): Promise<OpenLink | undefined> {
    const found = await this.work
      .repository(LinkToken)
      .findOneBy({ tokenHash: sha256(token), purpose: In(purposes), expiresAt: MoreThan(this.clock.now()) });
    return found ? { customerUserId: found.customerUserId, purpose: found.purpose } : undefined;
  }

  /** Uses a token up and says whose it was: of two at once, one gets it. */
  async take(token: string, ...purposes: readonly LinkPurpose[]): Promise<OpenLink | undefined> {
    const found = await this.find(token, ...purposes);
    if (!found) return undefined;
    const { affected } = await this.work.repository(LinkToken).delete({ tokenHash: sha256(token) });
    return affected === 1 ? found : undefined;
  }

  /** Ends the open links of a customer user, all or those for some purposes. */
  async end(customerUserId: number, purposes?: readonly LinkPurpose[]): Promise<void> {
    await this.work.repository(LinkToken).delete({ customerUserId, ...(purposes && { purpose: In(purposes) }) });
  }
}
