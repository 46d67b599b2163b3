import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { NotificationsApp } from '../support/notifications-app.js';
import { replying, SmtpSink } from '../support/smtp-sink.js';

const TOKEN = /token=([\w-]{43})/;

describe('Mails to real servers', () => {
  let app: NotificationsApp;
  let sink: SmtpSink;

  async function start(options: SMTPServerOptions, url: (plain: string) => string = (plain) => plain): Promise<void> {
    // It says that its built-in certificate is nobody's secret, which is what these suites want.
    const warning = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    sink = new SmtpSink(options);
    warning.mockRestore();
    app = await NotificationsApp.start({ smtpUrl: url(await sink.start()) });
  }
  afterEach(async () => {
    await app.close();
    sink.close();
  });

  const queue = (address = 'amanda@northwind.example') =>
    app.outbox.queue({
      template: 'customer_user_reset_password',
      organizationId: app.organizationId,
      to: { name: 'Amanda Cole', address },
      context: TEMPLATE_SAMPLES.customer_user_reset_password,
    });
  const rows = () => app.work.repository(EmailRow).find({ order: { id: 'ASC' } });
  const settled = async () => {
    await eventually(async () => !(await rows()).some(({ status }) => status === 'queued'), 'every mail is settled');
    return rows();
  };
  const tried = (times: number) =>
    eventually(async () => {
      const [job] = await app.work.repository(JobRow).find();
      return job?.attempts === times && job.status !== 'running';
    }, `the mail is tried ${times} times`);

  /** Takes the password of `shop` alone, and no connection that is not encrypted. */
  const strict = (logins: string[]): SMTPServerOptions => ({
    ...{ authOptional: false, disabledCommands: [], authMethods: ['PLAIN', 'LOGIN'] },
    onAuth: ({ username = '', password = '' }, { secure }, done) => {
      logins.push(`${username}:${password}:${secure}`);
      if (username === 'shop' && password === 'p@ss:word/1') done(null, { user: username });
      else done(replying(535, '5.7.8 wrong'));
    },
  });
  const asShop = (plain: string, password = 'p%40ss%3Aword%2F1', query = '?tls.rejectUnauthorized=false') =>
    `${plain.replace('smtp://', `smtp://shop:${password}@`)}/${query}`;

  it('go over STARTTLS, with the user and password of the URL', async () => {
    const logins: string[] = [];
    await start(strict(logins), asShop);
    await queue();

    expect(await settled()).toMatchObject([{ status: 'sent', response: '250 queued as 42' }]);
    expect(logins).toEqual(['shop:p@ss:word/1:true']);
    expect(sink.received[0]?.mail.text).toMatch(TOKEN);
  });

  it('show no password to a server whose certificate is not to be trusted', async () => {
    const logins: string[] = [];
    await start(strict(logins), (plain) => asShop(plain, undefined, ''));
    await queue();
    await tried(1);

    expect(await rows()).toMatchObject([
      { status: 'queued', attempts: 1, lastError: expect.stringMatching(/certificate|self.signed/i) as string },
    ]);
    expect([logins, sink.received]).toEqual([[], []]);
  });

  it('wait for an admin to mend a password that the server does not take', async () => {
    await start(strict([]), (plain) => asShop(plain, 'wrong'));
    await queue();
    await tried(1);

    expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1, lastError: expect.stringContaining('535') as string }]);
  });

  it('go out beside one that the server takes its time for', async () => {
    let others = 0;
    let release = () => undefined as void;
    const waited = new Promise<void>((resolve) => (release = resolve));
    await start({
      onData: (stream, session, done) => {
        void buffer(stream).then(async (content) => {
          const slow = session.envelope.rcptTo[0]?.address === 'slow@x.example';
          if (slow) await waited;
          else if ((others += 1) === 8) release();
          sink.received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), mail: await simpleParser(content) });
          done(null, 'queued');
        }, done);
      },
    });
    await queue('slow@x.example');
    for (let index = 0; index < 8; index++) await queue(`quick-${index}@x.example`);

    expect((await settled()).map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'sent'));
    expect(sink.received.at(-1)?.recipients).toEqual(['slow@x.example']);
  });

  it('that a server took before it died are sent again, so that none is lost, and can be told for the same', async () => {
    let dying = true;
    await start({
      onData: (stream, session, done) => {
        void simpleParser(stream).then((mail) => {
          sink.received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), mail });
          if (!dying) return done(null, 'queued');
          dying = false;
          sink.drop();
        }, done);
      },
    });
    await queue();
    await tried(1);
    expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1 }]);
    app.clock.forward(MINUTE);

    const [row] = await settled();
    expect(row).toMatchObject({ status: 'sent', attempts: 2 });
    expect(sink.received.map(({ mail }) => mail.messageId)).toEqual([`<${row?.messageId}>`, `<${row?.messageId}>`]);
    expect(new Set(sink.received.map(({ mail }) => TOKEN.exec(mail.text ?? '')?.[1])).size).toBe(1);
  });

  it('that a server refuses are given up at once, and the others go out', async () => {
    await start({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('nobody') ? replying(550, '5.1.1 no such mailbox') : undefined),
    });
    await queue('nobody@x.example');
    await queue();

    expect((await settled()).map(({ status, attempts, lastError }) => [status, attempts, lastError])).toEqual([
      ['given-up', 1, '550 5.1.1 no such mailbox'],
      ['sent', 1, null],
    ]);
  });
});
