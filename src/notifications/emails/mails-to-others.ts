import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { MINUTE } from '../../platform/clock/index.js';
import { batchesById, cut, UnitOfWork } from '../../platform/database/index.js';
import { HandlesJob, type JobRun, Jobs } from '../../platform/jobs/index.js';
import { MailTransport } from '../../platform/mail/index.js';
import { type DataSubject, Mentions } from '../../platform/personal-data/index.js';
import { Vault } from '../../platform/secrets/index.js';
import { NOTHING_SAID } from './mail-data.js';
import { EmailRow } from './email.entity.js';
import { ForgetInMails, MENTIONED } from './forget-in-mails.job.js';
import { SealBroken, SealedContext } from './sealed-context.js';

/** With the characters that each may have. */
const TEXTS = [
  { name: 'toName', most: 255 },
  { name: 'subject', most: 998 },
  { name: 'text', most: Infinity },
  { name: 'html', most: Infinity },
  { name: 'lastError', most: Infinity },
  { name: 'response', most: 1_000 },
] as const;
const READ = [...TEXTS.map(({ name }) => name), 'sealedContext', 'status', 'messageId'] as const;

/**
 * Takes somebody who was erased out of the mails of his organization that are neither to him nor about him: about his customer or what he
 * did to others. They keep what else they say, and are sent where they wait still. Those about his applications say no more.
 */
@Injectable()
export class MailsToOthers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly vault: Vault,
    private readonly sealed: SealedContext,
    private readonly transport: MailTransport,
  ) {}

  @HandlesJob(ForgetInMails)
  async forget(payload: typeof ForgetInMails.payload, run: JobRun): Promise<void> {
    const subject = JSON.parse(this.vault.open(MENTIONED, payload.sealed)) as DataSubject;
    const mentions = new Mentions(subject);
    const where = { organizationId: subject.organizationId, createdAt: LessThanOrEqual(new Date(payload.erasedAt)) };
    let waiting = false;
    for await (const rows of batchesById(this.work.manager, EmailRow, where, READ)) {
      const telling: EmailRow[] = [];
      for (const row of rows) if (await this.forgetIn(row, subject, mentions)) telling.push(row);
      waiting ||= telling.some(({ status }) => status === 'queued');
      if (telling.length > 0) await this.transport.forget({ messageIds: telling.map(({ messageId }) => messageId) });
    }
    await this.jobs.forgetErrors((error) => mentions.isIn(error));
    await this.work.run(async () => {
      // What was being sent meanwhile is written down as it was filled before.
      if (waiting) await this.jobs.enqueue(ForgetInMails, payload, { delay: MINUTE });
      await run.complete();
    });
  }

  private async forgetIn(row: EmailRow, subject: DataSubject, mentions: Mentions): Promise<boolean> {
    const context = this.contextOf(row);
    const about = isOwner(context, subject);
    if (!about && !textsOf([context, TEXTS.map(({ name }) => row[name])]).some((text) => mentions.isIn(text))) return false;
    const changes = about ? NOTHING_SAID : this.without(row, context, mentions);
    const emails = this.work.repository(EmailRow);
    if (about) await emails.update({ id: row.id, status: 'queued' }, { status: 'given-up' });
    await emails.update({ id: row.id }, changes);
    return true;
  }

  private without(row: EmailRow, context: object | undefined, mentions: Mentions): Partial<EmailRow> {
    const texts = TEXTS.map(({ name, most }) => {
      const text = row[name];
      return [name, text === null ? null : cut(mentions.without(text), most)] as const;
    });
    return { ...Object.fromEntries(texts), ...(context && { sealedContext: this.sealed.close(replaced(context, mentions)) }) };
  }

  private contextOf({ sealedContext }: EmailRow): object | undefined {
    try {
      return sealedContext === null ? undefined : this.sealed.open(sealedContext);
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}

/** Whether a mail is about an application of his. */
function isOwner(context: object | undefined, { customerUserId }: DataSubject): boolean {
  const { ownerType, owner } = (context ?? {}) as { ownerType?: unknown; owner?: { id?: unknown } | null };
  return ownerType === 'customer-user' && owner?.id === customerUserId;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function replaced<T>(value: T, mentions: Mentions): T {
  if (typeof value === 'string') return mentions.without(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, mentions)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item as unknown, mentions)])) as T;
}
