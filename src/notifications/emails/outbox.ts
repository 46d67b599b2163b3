import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock, Random } from '../../platform/clock/index.js';
import { HttpSettings } from '../../platform/config/index.js';
import { CurrentContext } from '../../platform/context/index.js';
import { cut, insertMany, isDuplicateKey, UnitOfWork } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import type { MailAddress } from '../../platform/mail/index.js';
import { EmailRow } from './email.entity.js';
import type { EventName } from '../occurrences/events.js';
import { SealedContext } from './sealed-context.js';
import { SendBulkEmail, SendEmail } from './send-email.job.js';
import { Sender } from './sender.js';

type MailSender = Awaited<ReturnType<Sender['of']>>;

/** Where a mail comes from. */
export interface Origin {
  organizationId: number;
  template: string;
  /** Without it, the one that ships under the name. */
  templateId?: number | null;
  event?: EventName | null;
  recordId?: number | null;
  ruleId?: number | null;
}

/** A mail that is to be sent: which template, to whom, and what it knows. */
export interface Letter extends Origin {
  /** Whose sender it comes from; without it, the organization's. */
  websiteId?: number | null;
  to: MailAddress;
  context: object;
  /** In which it is written; without it, the organization's. */
  localizationId?: number | null;
  /** Up to 190 characters; of several letters with one key, the first is sent. */
  key?: string;
  /** Whose mail it is, where he has an account. */
  customerUserId?: number | null;
  userId?: number | null;
}

/** Takes mails in, with the change that causes them: one whose unit of work is rolled back was never written. */
@Injectable()
export class Outbox {
  constructor(
    private readonly work: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly sender: Sender,
    private readonly sealed: SealedContext,
    private readonly context: CurrentContext,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly http: HttpSettings,
  ) {}

  /** Nothing is rendered or sent here, so that a mail in trouble never blocks what caused it. */
  async queue(letter: Letter): Promise<void> {
    await this.work.run(async () => {
      const row = await this.rowOf(letter);
      if (await this.insert(row)) await this.jobs.enqueue(this.job(), { emailId: row.id });
    });
  }

  /** The same for many letters, in few statements. */
  async queueAll(letters: readonly Letter[]): Promise<void> {
    const [first, second] = letters;
    if (!first) return;
    // Of letters with a key, a database tells which is the first as they are written one by one.
    if (!second || letters.some(({ key }) => key !== undefined)) {
      for (const letter of letters) await this.queue(letter);
      return;
    }
    await this.work.run(async () => {
      const rows: EmailRow[] = [];
      const senders = new Map<string, Promise<MailSender>>();
      for (const letter of letters) rows.push(await this.rowOf(letter, senders));
      const ids = await insertMany(this.work.manager, EmailRow, rows);
      await this.jobs.enqueueAll(
        this.job(),
        ids.map((emailId) => ({ emailId })),
      );
    });
  }

  /** For a row that is `queued` again. A second delivery is a message of its own: receivers drop one that they have had. */
  async queueAgain(row: EmailRow): Promise<void> {
    await this.work.repository(EmailRow).save({ ...row, status: 'queued', lastError: null, messageId: this.messageId() });
    await this.jobs.enqueue(SendEmail, { emailId: row.id });
  }

  /** Keeps in the log that a rule wanted to write to somebody who has no address. */
  async noteUnreached(origin: Origin, recipient: string, reason: string): Promise<void> {
    const row = await this.rowOf({ ...origin, to: { name: recipient, address: '' }, context: {} });
    await this.work.repository(EmailRow).insert({ ...row, status: 'given-up', sealedContext: null, lastError: reason });
  }

  /** What is to be told of a record that goes is told of it as it was: mails that wait are given what there is to say of it. */
  async outlive(events: readonly EventName[], recordId: number, portrait: () => Promise<object | undefined>): Promise<void> {
    const emails = this.work.repository(EmailRow);
    const waiting = await emails.find({
      select: { id: true, sealedContext: true },
      where: { recordId, event: In(events), status: 'queued' },
    });
    for (const { id, sealedContext } of waiting)
      if (sealedContext !== null) {
        const context = { ...(await portrait()), ...this.sealed.open(sealedContext) };
        await emails.update({ id, status: 'queued' }, { sealedContext: this.sealed.close(context) });
      }
  }

  private async rowOf({ to, context, websiteId, ...letter }: Letter, senders = new Map<string, Promise<MailSender>>()): Promise<EmailRow> {
    const place = `${letter.organizationId} ${websiteId ?? ''}`;
    const sender = senders.get(place) ?? this.sender.of({ organizationId: letter.organizationId, websiteId });
    senders.set(place, sender);
    const from = await sender;
    return Object.assign(new EmailRow(), {
      organizationId: letter.organizationId,
      template: letter.template,
      templateId: letter.templateId ?? null,
      event: letter.event ?? null,
      recordId: letter.recordId ?? null,
      ruleId: letter.ruleId ?? null,
      localizationId: letter.localizationId ?? null,
      toName: to.name == null ? null : cut(to.name, 255),
      toAddress: to.address,
      fromName: cut(from.name, 255),
      fromAddress: from.address,
      status: 'queued' as const,
      attempts: 0,
      messageId: this.messageId(),
      dedupeKey: letter.key ?? null,
      sealedContext: this.sealed.close(context),
      customerUserId: letter.customerUserId ?? null,
      userId: letter.userId ?? null,
      createdAt: this.clock.now(),
    });
  }

  /** False when a letter of the same key is there already. */
  private async insert(row: EmailRow): Promise<boolean> {
    try {
      await this.work.repository(EmailRow).insert(row);
      return true;
    } catch (error) {
      if (row.dedupeKey !== null && isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private job(): typeof SendEmail {
    return this.context.get().via === 'import' ? SendBulkEmail : SendEmail;
  }

  private messageId(): string {
    return `${this.random.token(192)}@${new URL(this.http.publicUrl).hostname}`;
  }
}
