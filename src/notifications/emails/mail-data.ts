import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, IsNull } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { batchesById, UnitOfWork } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { MailTransport } from '../../platform/mail/index.js';
import { type DataSubject, ERASED, PersonalData } from '../../platform/personal-data/index.js';
import { Vault } from '../../platform/secrets/index.js';
import { EmailRow } from './email.entity.js';
import { ForgetInMails, MENTIONED } from './forget-in-mails.job.js';
import { eventsAbout } from '../occurrences/events.js';

/** The mails to a customer user. That they were sent stays in the log; what they said, and to whom, does not. */
@Injectable()
export class MailData extends PersonalData {
  readonly section = 'mails';
  readonly tables = ['emails'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly transport: MailTransport,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {
    super();
  }

  async *collect(subject: DataSubject): AsyncGenerator<unknown> {
    for await (const rows of batchesById(this.work.manager, EmailRow, whose(subject), TOLD))
      yield* rows.map(({ template, toName, toAddress, subject: title, text, status, createdAt, sentAt }) => ({
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
    for (const where of whose(subject)) {
      await this.rows.update({ ...where, status: 'queued' }, { status: 'given-up' });
      await this.rows.update(where, { toName: null, toAddress, ...NOTHING_SAID });
    }
    // What others were told of him; who they are is not his to take back.
    const messageIds = (await this.rows.find({ select: { id: true, messageId: true }, where: toldOf(subject) })).map(
      ({ messageId }) => messageId,
    );
    await this.rows.update({ ...toldOf(subject), status: 'queued' }, { status: 'given-up' });
    await this.rows.update(toldOf(subject), NOTHING_SAID);
    await this.work.afterCommit(() => this.transport.forget({ addresses: subject.emails, messageIds }));
    const sealed = this.vault.seal(MENTIONED, JSON.stringify(subject));
    await this.jobs.enqueue(ForgetInMails, { sealed, erasedAt: this.clock.now().toISOString() });
  }

  private get rows() {
    return this.work.repository(EmailRow);
  }
}

/** What is left of a mail once nothing of it may be told. */
export const NOTHING_SAID = { subject: ERASED, text: ERASED, html: ERASED, sealedContext: null, lastError: null, response: null };

const TOLD = ['template', 'toName', 'toAddress', 'subject', 'text', 'status', 'createdAt', 'sentAt'] as const;

/** Mails of rules to others. */
const toldOf = ({ customerUserId, organizationId }: DataSubject): FindOptionsWhere<EmailRow> => ({
  ...{ organizationId, recordId: customerUserId, event: In(eventsAbout('customer_user')) },
});

function whose({ customerUserId, organizationId, emails }: DataSubject): FindOptionsWhere<EmailRow>[] {
  return [{ customerUserId }, { organizationId, toAddress: In(emails), customerUserId: IsNull(), userId: IsNull() }];
}
