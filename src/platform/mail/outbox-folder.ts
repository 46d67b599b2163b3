import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SendMailOptions, Transport } from 'nodemailer';
import type { Clock } from '../clock/index.js';

type Mail = Parameters<Transport['send']>[0];
type Done = Parameters<Transport['send']>[1];

/**
 * The transport of an installation without a mail server: every message becomes `<time>-<message id>.eml` in a folder, whole or
 * not at all, readable by the owner of the process alone, since mails carry links with one-time tokens.
 */
export class OutboxFolder implements Transport {
  readonly name = 'OutboxFolder';
  readonly version = '1';

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {}

  send(mail: Mail, done: Done): void {
    this.write(mail).then(
      (file) => done(null, { envelope: mail.message.getEnvelope(), messageId: mail.message.messageId(), response: `written to ${file}` }),
      (error: Error) => done(error),
    );
  }

  private async write({ message, data }: Mail): Promise<string> {
    const name = this.fileName(data);
    const arriving = join(this.folder, `.${randomUUID()}`);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      const handle = await open(arriving, 'wx', 0o600);
      try {
        await handle.writeFile(await message.build());
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(arriving, join(this.folder, name));
    } catch (error) {
      await rm(arriving, { force: true });
      throw error;
    }
    return name;
  }

  /** Sorts by time; without colons, which not every file system takes. */
  private fileName({ messageId }: SendMailOptions): string {
    const time = this.clock.now().toISOString().replaceAll(':', '-');
    return `${time}-${namedAfter(messageId ?? '')}.eml`;
  }
}

const namedAfter = (messageId: string): string => messageId.replace(/[^\w.@-]+/g, '').slice(0, 200);

/** Removes messages of an outbox folder, which need not exist: those named, and those whose header names one of the addresses as the recipient. */
export async function removeMails(
  folder: string,
  { addresses = [], messageIds = [] }: { readonly addresses?: readonly string[]; readonly messageIds?: readonly string[] },
): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const endings = messageIds.map((messageId) => `-${namedAfter(messageId)}.eml`);
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  for (const name of names) {
    const file = join(folder, name);
    if (endings.some((ending) => name.endsWith(ending)) || (wanted.size > 0 && (await isTo(file, wanted)))) await rm(file, { force: true });
  }
}

async function isTo(file: string, addresses: ReadonlySet<string>): Promise<boolean> {
  // Somebody else may have removed it meanwhile.
  const [header = ''] = (await readFile(file, 'utf8').catch(() => '')).split('\r\n\r\n', 1);
  const to = /^To: (.*(?:\r\n[ \t].*)*)/im.exec(header)?.[1]?.toLowerCase() ?? '';
  return to.split(/[\s<>,"]+/).some((word) => addresses.has(word));
}
