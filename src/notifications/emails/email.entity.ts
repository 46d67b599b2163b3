import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Integer, LongText, Reference, Text, Version } from '../../platform/database/index.js';

export const EMAIL_STATUSES = ['queued', 'sent', 'failed', 'given-up'] as const;

/** `failed`: every try met trouble that might have passed; `given-up`: refused for good, no other try was made. */
export type EmailStatus = (typeof EMAIL_STATUSES)[number];

/** One mail to one person: what is to be sent, and what became of it. */
@Entity('emails')
@Index('uq_emails_message_id', ['messageId'], { unique: true })
@Index('uq_emails_dedupe_key', ['dedupeKey'], { unique: true })
@Index('ix_emails_created_at', ['organizationId', 'createdAt'])
@Index('ix_emails_to_address', ['organizationId', 'toAddress'])
@Index('ix_emails_status', ['organizationId', 'status', 'createdAt'])
@Index('ix_emails_customer_user', ['customerUserId', 'createdAt'])
@Index('ix_emails_user', ['userId'])
@Index('ix_emails_record', ['recordId', 'event'])
@Index('ix_emails_rule', ['ruleId'])
export class EmailRow {
  @Id() id: number;

  @ForeignKey('organizations', { name: 'fk_emails_organization', onDelete: 'RESTRICT' })
  @Reference()
  organizationId: number;

  /** The name of the template, as it was then. */
  @Text(100) template: string;

  /** What it tells of, and of which record; like the next three without foreign keys: the log outlives what it was written by. */
  @Text(60, { nullable: true }) event: string | null;

  @Reference({ nullable: true }) recordId: number | null;

  @Reference({ nullable: true }) ruleId: number | null;

  @Reference({ nullable: true }) templateId: number | null;

  /** The language that it is written in; `null` for the organization's. */
  @Reference({ nullable: true }) localizationId: number | null;

  @Text(255, { nullable: true }) toName: string | null;

  @Text(320) toAddress: string;

  @Text(255) fromName: string;

  @Text(320) fromAddress: string;

  /** As rendered, with every one-time token blotted out, like `text` and `html`; empty until the first try. */
  @Text(998, { nullable: true }) subject: string | null;

  @LongText({ nullable: true }) text: string | null;

  @LongText({ nullable: true }) html: string | null;

  @Text(12) status: EmailStatus;

  @Integer() attempts: number;

  /** The same in every try, so that a receiver can drop what reaches him twice. */
  @Text(255) messageId: string;

  @Text(190, { nullable: true }) dedupeKey: string | null;

  /** What the template is filled with. Gone once a mail with a one-time link is sent: then nobody can send it again, or read the link. */
  @LongText({ nullable: true }) sealedContext: string | null;

  @LongText({ nullable: true }) lastError: string | null;

  /** What the mail server said when it took the mail over. */
  @Text(1000, { nullable: true }) response: string | null;

  @ForeignKey('customer_users', { name: 'fk_emails_customer_user', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  customerUserId: number | null;

  @ForeignKey('users', { name: 'fk_emails_user', onDelete: 'SET NULL' })
  @Reference({ nullable: true })
  userId: number | null;

  @Instant() createdAt: Date;

  @Instant({ nullable: true }) sentAt: Date | null;

  @Version() version: number;
}
