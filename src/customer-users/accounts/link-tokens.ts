import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { type Setting, Settings, settings } from '../../organizations/index.js';
import { Clock, HOUR, Random } from '../../platform/clock/index.js';
import { insertMany, UnitOfWork } from '../../platform/database/index.js';
import { sha256 } from '../../platform/secrets/index.js';
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

/** Who gets a link, and of which website's settings. */
interface Linked {
  readonly id: number;
  readonly organizationId: number;
  readonly websiteId: number;
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
  async issue(person: Linked, purpose: LinkPurpose): Promise<string> {
    const [token = ''] = await this.issueAll([person], purpose);
    return token;
  }

  /** The same for many people, in few statements: a token for each, in their order. */
  async issueAll(people: readonly Linked[], purpose: LinkPurpose): Promise<string[]> {
    if (people.length === 0) return [];
    const createdAt = this.clock.now();
    const lifetimes = new Map<number, number>();
    for (const person of people)
      if (!lifetimes.has(person.websiteId)) lifetimes.set(person.websiteId, await this.settings.get(LIFETIMES[purpose], person));
    await this.endAll(
      people.map(({ id }) => id),
      PASSWORD_LINKS.includes(purpose) ? PASSWORD_LINKS : [purpose],
    );
    const tokens = people.map(() => this.random.token());
    const rows = people.map(({ id, websiteId }, i) => ({
      ...{ customerUserId: id, purpose, tokenHash: sha256(tokens[i] ?? ''), createdAt },
      expiresAt: this.clock.in((lifetimes.get(websiteId) ?? 0) * HOUR),
    }));
    await insertMany(this.work.manager, LinkToken, rows);
    return tokens;
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
  end(customerUserId: number, purposes?: readonly LinkPurpose[]): Promise<void> {
    return this.endAll([customerUserId], purposes);
  }

  /** The same for many. */
  async endAll(customerUserIds: readonly number[], purposes?: readonly LinkPurpose[]): Promise<void> {
    const where = { customerUserId: In([...customerUserIds]), ...(purposes && { purpose: In(purposes) }) };
    await this.work.repository(LinkToken).delete(where);
  }
}
