import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { type Permission, within } from '../../platform/authorization/index.js';
import { OpenLinks } from '../../customer-users/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { Page } from '../../platform/listing/index.js';
import { type EmailDetail, emailDetail, type EmailView, emailView } from './email.dto.js';
import { EmailRow } from './email.entity.js';
import { type EmailListRequest, emailListing, LISTED_COLUMNS } from './email-listing.js';
import { EmailNotFound, EmailNotResendable } from '../errors.js';
import { tokensIn } from './one-time-links.js';
import { Outbox } from './outbox.js';
import { SealBroken, SealedContext } from './sealed-context.js';
import { EmailPermission } from '../permissions.js';

/** The delivery log. */
@Injectable()
export class Emails {
  constructor(
    private readonly work: UnitOfWork,
    private readonly context: CurrentContext,
    private readonly outbox: Outbox,
    private readonly sealed: SealedContext,
    private readonly links: OpenLinks,
  ) {}

  /** Those to one customer user, where one is named. */
  async list(request: EmailListRequest, customerUserId?: number): Promise<Page<EmailView>> {
    const query = (customerUserId === undefined ? this.reached(EmailPermission.view) : this.to(customerUserId)).select(LISTED_COLUMNS);
    const { rows, page } = await emailListing.page(query, request);
    return { items: rows.map(emailView), page };
  }

  /** Those to a customer user, as a query over `email`, for who shows them with other things. */
  to(customerUserId: number): SelectQueryBuilder<EmailRow> {
    return this.reached(EmailPermission.view).andWhere('email.customerUserId = :customerUserId', { customerUserId });
  }

  /** By id, of those that the caller may see. */
  async views(ids: readonly number[]): Promise<Map<number, EmailView>> {
    const query = this.reached(EmailPermission.view).select(LISTED_COLUMNS).andWhere('email.id IN (:...ids)', { ids });
    return new Map((await query.getMany()).map((row) => [row.id, emailView(row)]));
  }

  async get(id: number): Promise<EmailDetail> {
    return emailDetail(await this.one(this.reached(EmailPermission.view), id));
  }

  /** Sends a mail once more, as a message of its own. */
  async resend(id: number): Promise<EmailDetail> {
    return this.work.run(async () => {
      const query = this.reached(EmailPermission.edit);
      const { forUpdate } = this.work;
      const row = await this.one(forUpdate ? query.setLock(forUpdate.mode) : query, id);
      this.context.refuseStale(row.version);
      if (row.status === 'queued') throw new EmailNotResendable('it is still waiting to be sent.');
      if (row.toAddress === '') throw new EmailNotResendable('there was nobody to send it to.');
      if (row.sealedContext === null)
        throw new EmailNotResendable('its link worked once and is not kept. Have a new one sent from where this one came from.');
      if (!(await this.links.areOpen(tokensIn(this.open(row.sealedContext)))))
        throw new EmailNotResendable('its link leads in no more. Have a new one sent from where this one came from.');
      await this.outbox.queueAgain(row);
      return emailDetail(await this.one(this.reached(EmailPermission.edit), id));
    });
  }

  private open(sealedContext: string): object {
    try {
      return this.sealed.open(sealedContext);
    } catch (error) {
      throw error instanceof SealBroken ? new EmailNotResendable(error.message) : error;
    }
  }

  private reached(permission: Permission): SelectQueryBuilder<EmailRow> {
    const query = this.work.repository(EmailRow).createQueryBuilder('email');
    return within(query, this.context.principal(), permission, { organization: 'email.organizationId' });
  }

  private async one(query: SelectQueryBuilder<EmailRow>, id: number): Promise<EmailRow> {
    const row = await query.andWhere('email.id = :id', { id }).getOne();
    if (!row) throw new EmailNotFound();
    return row;
  }
}
