import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, MoreThan } from 'typeorm';
import { Settings, settings } from '../../organizations/index.js';
import { Clock, HOUR } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { CustomerUser } from '../customer-user.entity.js';
import { EmailChange } from './email-change.entity.js';
import { LinkTokens } from './link-tokens.js';

/** The email addresses that people want in place of their own. */
@Injectable()
export class PendingEmails {
  constructor(
    private readonly work: UnitOfWork,
    private readonly links: LinkTokens,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async find(customerUserId: number): Promise<EmailChange | undefined> {
    return (await this.rows.findOneBy({ customerUserId, expiresAt: MoreThan(this.clock.now()) })) ?? undefined;
  }

  /** In place of one that was wanted before, whose links are over. It waits as long as the links of its steps are good. */
  async want(person: CustomerUser, newEmail: string): Promise<void> {
    await this.end(person.id);
    const now = this.clock.now();
    await this.rows.insert({ customerUserId: person.id, newEmail, requestedAt: now, expiresAt: await this.expiry(person) });
  }

  async prolong(person: CustomerUser): Promise<void> {
    await this.rows.update({ customerUserId: person.id }, { expiresAt: await this.expiry(person) });
  }

  /** Says whether there was one. */
  async end(customerUserId: number): Promise<boolean> {
    return (await this.endAll([customerUserId])).has(customerUserId);
  }

  /** Says who of them had one. */
  async endAll(customerUserIds: readonly number[]): Promise<ReadonlySet<number>> {
    await this.links.endAll(customerUserIds, ['change-email', 'prove-new-email']);
    const customerUserId = In([...customerUserIds]);
    const open = await this.rows.findBy({ customerUserId, expiresAt: MoreThan(this.clock.now()) });
    await this.rows.delete({ customerUserId });
    return new Set(open.map((change) => change.customerUserId));
  }

  async forgetExpired(): Promise<void> {
    const expiresAt = LessThanOrEqual(this.clock.now());
    const expired = await this.rows.find({ select: { customerUserId: true }, where: { expiresAt } });
    // Named one by one: who says less of what he writes makes everything be read again.
    await this.rows.delete({ customerUserId: In(expired.map((one) => one.customerUserId)), expiresAt });
  }

  private async expiry(person: CustomerUser): Promise<Date> {
    return this.clock.in((await this.settings.get(settings.changeEmailHours, person)) * HOUR);
  }

  private get rows() {
    return this.work.repository(EmailChange);
  }
}
