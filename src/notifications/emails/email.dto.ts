import { ApiProperty } from '@nestjs/swagger';
import { EMAIL_STATUSES, type EmailRow, type EmailStatus } from './email.entity.js';

export class MailboxView {
  @ApiProperty({ type: String, nullable: true, example: 'Amanda Cole' })
  name: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'amanda.cole@northwind.example',
    description: 'Null when there was none to write to.',
  })
  address: string | null;
}

/** An entry of the delivery log. */
export class EmailView {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ example: 'customer_user_reset_password' })
  template: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The template; null when it is gone, or was sent as it ships.' })
  templateId: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'customer_user.password_forgotten' })
  event: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'What the event was about: a customer user, an OAuth application, an import...',
  })
  recordId: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'The rule that had it written.' })
  ruleId: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: "The language that it is written in; null for the organization's." })
  localizationId: number | null;

  @ApiProperty({ type: MailboxView })
  to: MailboxView;

  @ApiProperty({ type: MailboxView })
  from: MailboxView;

  @ApiProperty({ type: String, nullable: true, description: 'Null until the first try.' })
  subject: string | null;

  @ApiProperty({
    enum: EMAIL_STATUSES,
    description: '`failed`: every try met trouble that might have passed; `given-up`: refused for good, no other try was made.',
  })
  status: EmailStatus;

  @ApiProperty({ type: 'integer', description: 'Tries that reached an end, of this and of earlier deliveries.' })
  attempts: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What went wrong last, unless it was sent since; also why an edited template was left aside for the one that ships.',
  })
  error: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What the mail server said when it took the mail over.' })
  response: string | null;

  @ApiProperty({ description: 'The Message-ID, without angle brackets.' })
  messageId: string;

  @ApiProperty({ type: 'integer', nullable: true })
  customerUserId: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  userId: number | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt: Date | null;

  @ApiProperty({ type: 'integer' })
  version: number;
}

/** One mail with what it says. */
export class EmailDetail extends EmailView {
  @ApiProperty({ type: String, nullable: true, description: 'One-time tokens in links are shown as three dots.' })
  text: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'One-time tokens in links are shown as three dots.' })
  html: string | null;
}

export const emailView = (row: EmailRow): EmailView => ({
  id: row.id,
  template: row.template,
  templateId: row.templateId,
  event: row.event,
  recordId: row.recordId,
  ruleId: row.ruleId,
  localizationId: row.localizationId,
  to: { name: row.toName, address: row.toAddress || null },
  from: { name: row.fromName, address: row.fromAddress },
  subject: row.subject,
  status: row.status,
  attempts: row.attempts,
  error: row.lastError,
  response: row.response,
  messageId: row.messageId,
  customerUserId: row.customerUserId,
  userId: row.userId,
  createdAt: row.createdAt,
  sentAt: row.sentAt,
  version: row.version,
});

export const emailDetail = (row: EmailRow): EmailDetail => ({ ...emailView(row), text: row.text, html: row.html });
