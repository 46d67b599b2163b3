import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Printer } from './printer.js';

const PATIENCE = 15_000;

export interface Mail {
  to: string;
  subject: string;
  /** The first link in it. */
  link?: string;
}

/** Shows the mails that a server without a mail server writes to its outbox folder. */
export class OutboxWatch {
  private readonly seen = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly printer: Printer,
  ) {}

  /** Waits until somebody gets a mail that was not seen yet, and shows it. */
  async nextTo(address: string): Promise<Mail> {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
      const mail = (await this.arrivals()).find(({ to }) => to.includes(address));
      if (mail) return mail;
    }
    throw new Error(`No mail to ${address} within ${PATIENCE / 1_000} seconds`);
  }

  private async arrivals(): Promise<Mail[]> {
    const files = (await readdir(this.folder).catch(() => [])).filter((name) => name.endsWith('.eml') && !this.seen.has(name)).sort();
    const mails: Mail[] = [];
    for (const name of files) {
      this.seen.add(name);
      const mail = read(await readFile(join(this.folder, name), 'latin1'));
      this.printer.mail(mail.to, mail.subject, mail.link);
      mails.push(mail);
    }
    return mails;
  }
}

/** Enough of a mail for the mails of this product: headers in one language and a text part. */
export function read(source: string): Mail {
  const unfolded = source.replace(/\r\n(?=[ \t])/g, '');
  const header = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
  const [, part = ''] = /^content-type: text\/plain([\s\S]*?)(?=^--|(?![\s\S]))/im.exec(source) ?? [];
  const [link] = /https?:\/\/\S+/.exec(bodyOf(part)) ?? [];
  return { to: header('To'), subject: words(header('Subject')), ...(link !== undefined && { link }) };
}

function bodyOf(part: string): string {
  const text = part.slice(part.indexOf('\r\n\r\n') + 4);
  if (/^content-transfer-encoding: base64/im.test(part)) return Buffer.from(text, 'base64').toString('utf8');
  return /^content-transfer-encoding: quoted-printable/im.test(part) ? quoted(text.replace(/=\r\n/g, '')) : text;
}

/** RFC 2047 encoded words. */
const words = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_word, kind: string, content: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64').toString('utf8') : quoted(content.replaceAll('_', ' ')),
    );

const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
