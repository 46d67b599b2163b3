import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Test, type TestingModule } from '@nestjs/testing';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { Clock, ClockModule } from '../../src/platform/clock/index.js';
import { type Configuration, ConfigurationModule } from '../../src/platform/config/index.js';
import { MailModule, MailRefused, MailTransport, type OutgoingMail } from '../../src/platform/mail/index.js';
import { replying, SmtpSink } from '../support/smtp-sink.js';

const NOW = new Date('2026-11-23T10:20:30.456Z');

class StoppedClock extends Clock {
  override now(): Date {
    return NOW;
  }
}

const aMail = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '7.abc@localhost',
  from: { name: 'Acme Shop', address: 'shop@acme.example' },
  to: { name: 'Zoë Müller', address: 'zoe@example.com' },
  subject: 'Grüße aus dem Lager',
  text: 'Guten Tag\n.\nBis bald\n',
  html: '<p>Guten Tag</p>',
  ...changes,
});

const one = (address: AddressObject | AddressObject[] | undefined) =>
  (Array.isArray(address) ? address : [address]).flatMap((entry) => entry?.value ?? []);

describe('Mail', () => {
  let module: TestingModule;
  let outbox: string;
  let servers: { close(done: () => void): void }[] = [];

  async function start(smtpUrl: string | undefined): Promise<MailTransport> {
    outbox = await mkdtemp(join(tmpdir(), 'outbox-'));
    const configuration = { mail: { smtpUrl, outbox } } as Configuration;
    module = await Test.createTestingModule({ imports: [ConfigurationModule.for(configuration), ClockModule, MailModule] })
      .overrideProvider(Clock)
      .useValue(new StoppedClock())
      .compile();
    await module.init();
    return module.get(MailTransport);
  }

  const refusal = (sending: Promise<unknown>): Promise<MailRefused> =>
    sending.then(
      () => Promise.reject(new Error('The mail was accepted.')),
      (error: unknown) => {
        expect(error).toBeInstanceOf(MailRefused);
        return error as MailRefused;
      },
    );

  afterEach(async () => {
    await module.close();
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(resolve))));
    servers = [];
    await rm(outbox, { recursive: true, force: true });
  });

  describe('without a mail server', () => {
    const inOutbox = async (): Promise<ParsedMail[]> =>
      Promise.all((await readdir(outbox)).map(async (file) => simpleParser(await readFile(join(outbox, file)))));

    it('is written to a file that any mail program opens', async () => {
      const mail = await start(undefined);

      const { response } = await mail.send(aMail());

      expect(await readdir(outbox)).toEqual(['2026-11-23T10-20-30.456Z-7.abc@localhost.eml']);
      expect(response).toBe('written to 2026-11-23T10-20-30.456Z-7.abc@localhost.eml');
      const [written] = await inOutbox();
      expect(written).toMatchObject({
        messageId: '<7.abc@localhost>',
        date: new Date('2026-11-23T10:20:30.000Z'),
        subject: 'Grüße aus dem Lager',
        html: '<p>Guten Tag</p>',
        text: expect.stringContaining('Guten Tag\n.\nBis bald') as string,
      });
      expect(one(written?.from)).toEqual([{ name: 'Acme Shop', address: 'shop@acme.example' }]);
      expect(one(written?.to)).toEqual([{ name: 'Zoë Müller', address: 'zoe@example.com' }]);
      expect(written?.headers.get('auto-submitted')).toBe('auto-generated');
    });

    it('is readable by the owner of the process alone', async () => {
      const mail = await start(undefined);
      await mail.send(aMail());

      const [file] = await readdir(outbox);
      expect((await stat(join(outbox, file ?? ''))).mode & 0o077).toBe(0);
    });

    it('keeps line breaks in names and subjects from starting another header', async () => {
      const mail = await start(undefined);
      const evil = 'Eve\r\nBcc: all@example.com\r\n\r\nBody';

      await mail.send(
        aMail({
          messageId: `1@x>\r\nBcc: all@example.com`,
          from: { name: evil, address: 'shop@acme.example' },
          to: { name: evil, address: 'zoe@example.com' },
          subject: `Hello\nBcc: all@example.com\u2028X: y`,
        }),
      );

      const [written] = await inOutbox();
      expect(written?.bcc).toBeUndefined();
      expect(one(written?.to).map(({ address }) => address)).toEqual(['zoe@example.com']);
      expect(one(written?.from)[0]?.name).toBe('Eve Bcc: all@example.com Body');
      expect(written?.subject).toBe('Hello Bcc: all@example.com X: y');
      expect([...(written?.headers.keys() ?? [])].sort()).toEqual(
        ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
      );
    });

    it.each([
      '',
      'nobody',
      'a@b@c',
      'a@b.example, c@d.example',
      'a@b.example\r\nRCPT TO:<c@d.example>',
      '<a@b.example>',
      'a b@c.example',
      `${'a'.repeat(65)}@b.example`,
    ])('refuses the address %j for good', async (address) => {
      const mail = await start(undefined);

      expect(await refusal(mail.send(aMail({ to: { address } })))).toMatchObject({ permanent: true });
      expect(await readdir(outbox)).toEqual([]);
    });
  });

  describe('with a mail server', () => {
    let sink: SmtpSink;

    function aSink(options?: SMTPServerOptions): Promise<string> {
      sink = new SmtpSink(options);
      servers.push(sink);
      return sink.start();
    }

    async function rawServer(onConnection: Parameters<typeof createServer>[1]): Promise<string> {
      const server: Server = createServer(onConnection);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    it('is handed over, and what the server said is told', async () => {
      const mail = await start(await aSink());

      expect(await mail.send(aMail())).toEqual({ response: '250 queued as 42' });

      expect(sink.received).toHaveLength(1);
      expect(sink.received[0]).toMatchObject({
        recipients: ['zoe@example.com'],
        mail: {
          subject: 'Grüße aus dem Lager',
          messageId: '<7.abc@localhost>',
          text: expect.stringContaining('Guten Tag\n.\nBis bald') as string,
        },
      });
    });

    it('goes over few connections, however many there are', async () => {
      const mail = await start(await aSink());

      await Promise.all(Array.from({ length: 40 }, (_, i) => mail.send(aMail({ messageId: `${i}@localhost` }))));

      expect(new Set(sink.received.map((entry) => entry.mail.messageId)).size).toBe(40);
      expect(sink.connections).toBeLessThanOrEqual(5);
    });

    it('is refused for good by a 550 to the recipient', async () => {
      const mail = await start(await aSink({ onRcptTo: (_address, _session, done) => done(replying(550, 'no such mailbox')) }));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: true, response: '550 no such mailbox' });
    });

    it('is refused for good by a 554 to the message', async () => {
      const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
        stream.resume();
        stream.once('end', () => done(replying(554, 'spam')));
      };
      const mail = await start(await aSink({ onData }));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: true, response: '554 spam' });
    });

    it('may be tried again after a 451', async () => {
      const mail = await start(await aSink({ onRcptTo: (_address, _session, done) => done(replying(451, 'greylisted')) }));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false, response: '451 greylisted' });
    });

    /** A server that says no at one point of the conversation, and yes at all others. */
    const sayingNoAt = (point: string, code: number) =>
      rawServer((socket) => {
        const answers: Record<string, string> = { DATA: '354 go on', QUIT: '221 bye' };
        const answer = (command: string) => socket.write(command === point ? `${code} no\r\n` : `${answers[command] ?? '250 yes'}\r\n`);
        let inMessage = false;
        socket.write(point === 'greeting' ? `${code} no\r\n` : '220 welcome\r\n');
        socket.on('error', () => socket.destroy());
        createInterface({ input: socket }).on('line', (line) => {
          const [command = ''] = line.split(/[ :]/);
          if (inMessage && line !== '.') return;
          inMessage = command === 'DATA' && point !== 'DATA';
          answer(command);
        });
      });

    it.each<[string, number, boolean]>([
      ['greeting', 421, false],
      ['greeting', 554, false],
      ['MAIL', 451, false],
      ['MAIL', 550, true],
      ['RCPT', 450, false],
      ['RCPT', 553, true],
      ['DATA', 421, false],
      ['DATA', 554, true],
      ['.', 452, false],
      ['.', 552, true],
    ])('that says no at %s with %i refuses for good: %s', async (point, code, permanent) => {
      const mail = await start(await sayingNoAt(point, code));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent, message: expect.stringContaining(String(code)) as string });
    });

    it('may be tried again when the server turns everybody away', async () => {
      const mail = await start(await aSink({ onConnect: (_session, done) => done(replying(554, 'not now')) }));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false });
    });

    it('may be tried again when the credentials are wrong', async () => {
      const url = await aSink({
        authOptional: false,
        allowInsecureAuth: true,
        disabledCommands: ['STARTTLS'],
        onAuth: (_auth, _session, done) => done(replying(535, 'bad credentials')),
      });
      const mail = await start(url.replace('smtp://', 'smtp://user:wrong@'));

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false });
    });

    it('may be tried again when the connection drops', async () => {
      const mail = await start(
        await rawServer((socket) => socket.on('error', () => undefined).write('220 hello\r\n', () => socket.destroy())),
      );

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false });
    });

    it('may be tried again when nobody listens, and the start does not mind', async () => {
      const url = await rawServer(undefined);
      const server = servers.pop();
      await new Promise<void>((resolve) => server?.close(resolve));
      const mail = await start(url);

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false });
    });

    it('is sent over a new connection after the server dropped one', async () => {
      let first = true;
      const mail = await start(
        await aSink({
          onMailFrom: (_address, _session, done) => {
            if (!first) return done();
            first = false;
            done(replying(421, 'closing'));
          },
        }),
      );

      expect(await refusal(mail.send(aMail()))).toMatchObject({ permanent: false });
      expect(await mail.send(aMail())).toEqual({ response: '250 queued as 42' });
    });
  });
});
