import { MailerService } from '@nestjs-modules/mailer';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../clock/index.js';
import { MailSettings } from '../config/index.js';
import { assertAddress, oneLine } from './address.js';
import { MailRefused, refusalOf } from './mail-refused.js';
import { removeMails } from './outbox-folder.js';

export interface MailAddress {
  readonly name?: string | null;
  readonly address: string;
}

/** One message to one person, rendered. */
export interface OutgoingMail {
  /** Without angle brackets. The same for every try, so that a receiver can drop what reaches him twice. */
  readonly messageId: string;
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands messages to the mail server of `SMTP_URL`, or writes them to the outbox folder. Connects when there is something to send. */
@Injectable()
export class MailTransport {
  constructor(
    private readonly mailer: MailerService,
    private readonly settings: MailSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers once the server has taken the message over, with what it said.
   * Throws a {@link MailRefused} that says whether another try may succeed.
   */
  async send({ messageId, from, to, subject, text, html }: OutgoingMail): Promise<{ response: string }> {
    assertAddress(from.address);
    assertAddress(to.address);
    try {
      const sent = (await this.mailer.sendMail({
        messageId: `<${oneLine(messageId)}>`,
        date: this.clock.now(),
        from: mailbox(from),
        to: mailbox(to),
        subject: oneLine(subject),
        text,
        html,
        // RFC 3834: no vacation notice shall answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
        // A server that trickles its answers passes every timeout of the socket.
        signal: AbortSignal.timeout(MINUTE),
      })) as { response?: string };
      return { response: sent.response ?? 'sent' };
    } catch (error) {
      throw error instanceof MailRefused ? error : refusalOf(error);
    }
  }

  /**
   * Removes mails, and those to some addresses, from the outbox folder, where they may lie from a time without a mail server. What one has
   * taken over is out of reach.
   */
  async forget(mails: { readonly addresses?: readonly string[]; readonly messageIds?: readonly string[] }): Promise<void> {
    await removeMails(this.settings.outbox, mails);
  }
}

const mailbox = ({ name, address }: MailAddress) => ({ name: oneLine(name ?? ''), address });
