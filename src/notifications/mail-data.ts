import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, IsNull } from 'typeorm';
import { UnitOfWork } from '../platform/database/index.js';
import { MailTransport } from '../platform/mail/index.js';
import { type DataSubject, ERASED, PersonalData } from '../platform/personal-data/index.js';
import { EmailRow } from './email.entity.js';
import { EVENT_NAMES, EVENTS } from './events.js';

/** The mails to a customer user. That they were sent stays in the log; what they said, and to whom, does not. */
@Injectable()
export class MailData extends PersonalData {
  readonly section = 'mails';

  constructor(
    private readonly work: UnitOfWork,
    private readonly transport: MailTransport,
  ) {
    super();
  }

  async collect(subject: DataSubject): Promise<unknown> {
    const rows = await this.rows.find({ where: whose(subject), order: { id: 'ASC' } });
    return rows.map(({ template, toName, toAddress, subject: title, text, status, createdAt, sentAt }) => ({
      template,
      to: { name: toName, address: toAddress },
      subject: title,
      text,
      status,
      createdAt,
      sentAt,
    }));
  }

  async erase(subject: DataSubject): Promise<void> {
    const { email: toAddress } = subject.pseudonym;
    const nothing = { subject: ERASED, text: ERASED, html: ERASED, sealedContext: null, lastError: null, response: null };
    for (const where of whose(subject)) {
      await this.rows.update({ ...where, status: 'queued' }, { status: 'given-up' });
      await this.rows.update(where, { toName: null, toAddress, ...nothing });
    }
    // What others were told of him; who they are is not his to take back.
    await this.rows.update({ ...toldOf(subject), status: 'queued' }, { status: 'given-up' });
    await this.rows.update(toldOf(subject), nothing);
    if (!subject.emailShared) await this.work.afterCommit(() => this.transport.forget(subject.email));
  }

  private get rows() {
    return this.work.repository(EmailRow);
  }
}

/** Mails of rules to others. */
const toldOf = ({ customerUserId, organizationId }: DataSubject): FindOptionsWhere<EmailRow> => ({
  ...{ organizationId, recordId: customerUserId, event: In(EVENT_NAMES.filter((event) => EVENTS[event].record === 'customer_user')) },
});

function whose({ customerUserId, organizationId, email, emailShared }: DataSubject): FindOptionsWhere<EmailRow>[] {
  const toHim = { organizationId, toAddress: email, customerUserId: IsNull(), userId: IsNull() };
  return [{ customerUserId }, ...(emailShared ? [] : [toHim])];
}
