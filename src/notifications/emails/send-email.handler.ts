import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { HandlesJob, type JobRun, WhenGivenUp } from '../../platform/jobs/index.js';
import { MailRefused, MailTransport } from '../../platform/mail/index.js';
import { EmailRow } from './email.entity.js';
import { Composer } from '../composer.js';
import { carriesToken, withoutTokens } from './one-time-links.js';
import { type RenderedMail, RenderingFailed } from '../rendering/rendering.js';
import { SealBroken, SealedContext } from './sealed-context.js';
import { Pace } from './pace.js';
import { SendBulkEmail, SendEmail } from './send-email.job.js';

type Outcome = Partial<EmailRow>;

/**
 * Renders and sends one mail. A process that dies after the server took the mail and before that is committed sends it again,
 * under the same message id: no mail is lost, and receivers can drop the second.
 */
@Injectable()
export class SendEmailHandler {
  constructor(
    private readonly work: UnitOfWork,
    private readonly pace: Pace,
    private readonly composer: Composer,
    private readonly transport: MailTransport,
    private readonly sealed: SealedContext,
    private readonly clock: Clock,
  ) {}

  @HandlesJob(SendEmail)
  async send({ emailId }: { emailId: number }, run: JobRun): Promise<void> {
    await this.deliver(emailId, run, { bulk: false });
  }

  @HandlesJob(SendBulkEmail)
  async sendBulk({ emailId }: { emailId: number }, run: JobRun): Promise<void> {
    await this.deliver(emailId, run, { bulk: true });
  }

  @WhenGivenUp(SendEmail)
  async fail({ emailId }: { emailId: number }, error: string): Promise<void> {
    await this.work.repository(EmailRow).update({ id: emailId, status: 'queued' }, { status: 'failed', lastError: error });
  }

  @WhenGivenUp(SendBulkEmail)
  async failBulk(payload: { emailId: number }, error: string): Promise<void> {
    await this.fail(payload, error);
  }

  private async deliver(emailId: number, run: JobRun, kind: { bulk: boolean }): Promise<void> {
    const row = await this.waiting(emailId);
    // The process that had sent it may have died before it could take it back.
    if (!row) return this.takeBackErased(emailId);
    const later = await this.pace.take(kind);
    if (later) return run.postpone(later);
    await this.attempt(row, run);
  }

  private async attempt(row: EmailRow, run: JobRun): Promise<void> {
    let shown: Partial<RenderedMail> = {};
    try {
      const context = this.contextOf(row);
      const letter = await this.composer.compose(row, context);
      shown = letter.render(withoutTokens(context));
      const rendered = letter.render(context);
      const { response } = await this.transport.send({ ...addressesOf(row), ...rendered });
      const kept = carriesToken(context) ? null : row.sealedContext;
      const sent = { status: 'sent', sentAt: this.clock.now(), response: response.slice(0, 1_000), sealedContext: kept } as const;
      await this.settle(row, { ...shown, ...sent, lastError: letter.setAside }, run);
    } catch (error) {
      const now = error instanceof RenderingFailed ? await this.waiting(row.id) : undefined;
      // Whoever deleted the record in between has left what there is to say of it.
      if (now && now.sealedContext !== row.sealedContext) return this.attempt(now, run);
      if (isFinal(error)) return this.settle(row, { ...shown, status: 'given-up', lastError: error.message }, run);
      if (error instanceof MailRefused) await this.note(row, { ...shown, lastError: error.message });
      throw error;
    }
  }

  private async waiting(id: number): Promise<EmailRow | undefined> {
    const row = await this.work.repository(EmailRow).findOneBy({ id });
    return row?.status === 'queued' ? row : undefined;
  }

  private contextOf({ sealedContext }: EmailRow): object {
    if (sealedContext === null) throw new RenderingFailed('what it says is not kept any more');
    return this.sealed.open(sealedContext);
  }

  private async settle(row: EmailRow, outcome: Outcome, run: JobRun): Promise<void> {
    await this.work.run(async () => {
      const noted = await this.note(row, outcome);
      // Before the job is done: whoever dies in between tries again.
      if (!noted) await this.takeBackErased(row.id);
      await run.complete();
    });
  }

  /** Somebody was erased meanwhile, and with him what had been written of him until then. What another process has sent stays. */
  private async takeBackErased(id: number): Promise<void> {
    const givenUp = await this.work.repository(EmailRow).findOneBy({ id, status: 'given-up' });
    if (givenUp) await this.transport.forget({ messageIds: [givenUp.messageId] });
  }

  /** False when the mail is not waited for any more. */
  private async note({ id, attempts }: EmailRow, outcome: Outcome): Promise<boolean> {
    const { affected } = await this.work.repository(EmailRow).update({ id, status: 'queued' }, { ...outcome, attempts: attempts + 1 });
    return affected === 1;
  }
}

const addressesOf = (row: EmailRow) => ({
  messageId: row.messageId,
  from: { name: row.fromName, address: row.fromAddress },
  to: { name: row.toName, address: row.toAddress },
});

/** Whether another try would meet the same. */
const isFinal = (error: unknown): error is Error =>
  error instanceof RenderingFailed || error instanceof SealBroken || (error instanceof MailRefused && error.permanent);
