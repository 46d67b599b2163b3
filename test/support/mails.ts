import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { eventually } from './jobs/eventually.js';
import type { SmtpSink } from './smtp-sink.js';

export interface ReadMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Every mail that has arrived so far. */
export type Mailbox = () => Promise<ReadMail[]>;

/** The messages in an outbox folder, without those that are still being written or are taken away meanwhile. */
export async function messagesIn(folder: string): Promise<ParsedMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const files = await Promise.all(names.sort().map((name) => readFile(join(folder, name)).catch(() => undefined)));
  return Promise.all(files.filter((file) => file !== undefined).map((file) => simpleParser(file)));
}

/** The mails of an installation without a mail server. */
export const outboxOf =
  (folder: string): Mailbox =>
  async () => {
    const mails = await messagesIn(folder);
    return mails.map(({ to, subject = '', text = '' }) => ({
      to: [to ?? []]
        .flat()
        .flatMap(({ value }) => value.map(({ address = '' }) => address))
        .join(', '),
      subject,
      text,
    }));
  };

export const mailsIn =
  (sink: SmtpSink): Mailbox =>
  () =>
    Promise.resolve(
      sink.received.map(({ recipients, mail: { subject = '', text = '' } }) => ({ to: recipients.join(', '), subject, text })),
    );

/** Waits for the one mail to somebody with that subject. */
export async function theMail(mailbox: Mailbox, to: string, subject: string): Promise<ReadMail> {
  let found: ReadMail[] = [];
  const look = async () => {
    found = (await mailbox()).filter((mail) => mail.to === to && mail.subject === subject);
    return found.length > 0;
  };
  await eventually(look, `${to} gets the mail "${subject}"`);
  const [mail, ...more] = found;
  if (!mail || more.length > 0) throw new Error(`${to} got the mail "${subject}" ${found.length} times.`);
  return mail;
}

/** The one-time token in the link of a mail. */
export const tokenIn = ({ text }: ReadMail): string => /[?&]token=([\w-]+)/.exec(text)?.[1] ?? '';
