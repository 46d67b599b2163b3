import type { AddressObject } from 'mailparser';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { SendEmail } from '../../src/notifications/emails/send-email.job.js';
import type { Letter } from '../../src/notifications/emails/outbox.js';
import { TEMPLATE_NAMES, TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { DAY, HOUR } from '../../src/platform/clock/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { NotificationsApp } from '../support/notifications-app.js';
import { SmtpSink } from '../support/smtp-sink.js';

const welcome = 'customer_user_welcome_email_registered_by_admin';
const TOKEN = 'WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY';

describe('Mails to people', () => {
  let app: NotificationsApp;

  const aLetter = (changes: Partial<Letter> = {}): Letter => ({
    template: welcome,
    organizationId: app.organizationId,
    to: { name: 'Amanda Cole', address: 'amanda.cole@northwind.example' },
    context: TEMPLATE_SAMPLES[welcome],
    ...changes,
  });
  const rows = () => app.work.repository(EmailRow).find({ order: { id: 'ASC' } });
  const settled = async () => {
    await eventually(async () => !(await rows()).some(({ status }) => status === 'queued'), 'every mail is settled');
    return rows();
  };
  const addressOf = (to: AddressObject | AddressObject[] | undefined) => [to].flat()[0]?.value[0];

  afterEach(() => app.close());

  describe('without a mail server', () => {
    beforeEach(async () => {
      app = await NotificationsApp.start();
    });

    it('arrive with the link, from the sender that the settings name', async () => {
      await app.outbox.queue(aLetter());

      const [row] = await settled();
      const [mail, ...more] = await app.written();
      expect(more).toEqual([]);
      expect(mail).toMatchObject({ subject: 'Your account at Acme Supplies is ready', messageId: `<${row?.messageId}>` });
      expect(mail?.text).toContain(`https://shop.example.com/account/set-password?token=${TOKEN}\n`);
      expect(mail?.html).toContain(`token&#x3D;${TOKEN}`);
      expect(addressOf(mail?.from)).toEqual({ name: 'Customer Identity', address: 'no-reply@example.com' });
      expect(addressOf(mail?.to)).toEqual({ name: 'Amanda Cole', address: 'amanda.cole@northwind.example' });
      expect(row).toMatchObject({ status: 'sent', attempts: 1, sentAt: app.clock.now(), lastError: null });
      expect(row?.response).toContain('.eml');
    });

    it('leave no usable link behind in the database, at no time', async () => {
      await app.work.run(async () => {
        await app.outbox.queue(aLetter());
        expect((await app.dump('emails')) + (await app.dump('jobs'))).not.toContain(TOKEN.slice(0, 10));
      });

      const [row] = await settled();
      expect(row).toMatchObject({ sealedContext: null, text: expect.stringContaining('token=...\n') as string });
      expect((await app.dump('emails')) + (await app.dump('jobs'))).not.toContain(TOKEN.slice(0, 10));
    });

    it('are as many as there are templates', async () => {
      for (const template of TEMPLATE_NAMES) {
        await app.outbox.queue({ ...aLetter(), template, context: TEMPLATE_SAMPLES[template] });
      }

      expect((await settled()).map(({ status }) => status)).toEqual(TEMPLATE_NAMES.map(() => 'sent'));
      expect(new Set((await app.written()).map(({ subject }) => subject)).size).toBe(TEMPLATE_NAMES.length - 1);
    });

    it('are never written when what caused them is rolled back', async () => {
      const failing = app.work.run(async () => {
        await app.outbox.queue(aLetter());
        throw new Error('rolled back');
      });

      await expect(failing).rejects.toThrow('rolled back');
      await app.outbox.queue(aLetter({ to: { address: 'other@northwind.example' } }));
      expect((await settled()).map(({ toAddress }) => toAddress)).toEqual(['other@northwind.example']);
    });

    it('are sent once a key, also when the same is queued twice at once or within what goes on', async () => {
      await Promise.all([1, 2, 3].map(() => app.outbox.queue(aLetter({ key: 'welcome 7' }))));
      await app.work.run(async () => {
        await app.outbox.queue(aLetter({ key: 'welcome 7' }));
        await app.outbox.queue(aLetter({ key: 'welcome 8' }));
      });

      expect((await settled()).map(({ dedupeKey }) => dedupeKey)).toEqual(['welcome 7', 'welcome 8']);
      expect(await app.written()).toHaveLength(2);
    });

    it('keep hostile names in their place', async () => {
      const evil = 'Eve\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>';

      await app.outbox.queue(
        aLetter({
          to: { name: evil, address: 'eve@example.com' },
          context: { ...TEMPLATE_SAMPLES[welcome], firstName: evil, websiteName: evil },
        }),
      );

      await settled();
      const [mail] = await app.written();
      expect(mail?.bcc).toBeUndefined();
      expect(addressOf(mail?.to)?.name).toBe('Eve Bcc: all@example.com <script>alert(1)</script>');
      expect(mail?.subject).toBe('Your account at Eve Bcc: all@example.com <script>alert(1)</script> is ready');
      expect(mail?.html).toContain('Hello Eve Bcc: all@example.com &lt;script&gt;');
      expect(mail?.html).not.toContain('<script');
    });

    it('that cannot be rendered are given up and block nobody', async () => {
      const { firstName: _left, ...context } = TEMPLATE_SAMPLES[welcome];

      await app.outbox.queue(aLetter({ context }));
      await app.outbox.queue(aLetter());

      const [broken, fine] = await settled();
      expect(broken).toMatchObject({
        status: 'given-up',
        attempts: 1,
        lastError: expect.stringContaining('"firstName" not defined') as string,
      });
      expect(fine).toMatchObject({ status: 'sent' });
    });

    it('that were sealed under another secret are given up, saying so', async () => {
      await app.work.run(async () => {
        await app.outbox.queue(aLetter());
        await app.work.repository(EmailRow).update({ status: 'queued' }, { sealedContext: 'c29tZXRoaW5nIGVsc2UsIHNlYWxlZCBieSBhbm90aGVy' });
      });

      expect(await settled()).toMatchObject([{ status: 'given-up', lastError: expect.stringContaining('SESSION_SECRET') as string }]);
    });
  });

  describe('with a mail server', () => {
    let sink: SmtpSink;

    beforeEach(async () => {
      sink = new SmtpSink();
      app = await NotificationsApp.start({ smtpUrl: await sink.start() });
    });

    afterEach(() => sink.close());

    /** Until the try has ended and its job is put back, so that a clock moved on reaches the next. */
    const tried = (times: number) =>
      eventually(async () => {
        const [job] = await app.work.repository(JobRow).findBy({ name: SendEmail.name });
        return job?.attempts === times && job.status !== 'running';
      }, `the mail is tried ${times} times`);

    it('are tried again, under the same message id, until the server takes them', async () => {
      sink.refusal = { code: 451, text: 'greylisted' };
      await app.outbox.queue(aLetter());
      await tried(1);
      const [waiting] = await rows();
      expect(waiting).toMatchObject({ status: 'queued', lastError: expect.stringContaining('greylisted') as string });

      sink.refusal = undefined;
      app.clock.forward(HOUR);

      const [sent] = await settled();
      expect(sent).toMatchObject({ status: 'sent', attempts: 2, lastError: null, response: '250 queued as 42' });
      expect(sink.received.map(({ mail }) => mail.messageId)).toEqual([`<${waiting?.messageId}>`]);
    });

    it('are given up at once when they are refused for good', async () => {
      sink.refusal = { code: 550, text: 'no such mailbox' };
      await app.outbox.queue(aLetter());

      expect(await settled()).toMatchObject([
        { status: 'given-up', attempts: 1, lastError: '550 no such mailbox', subject: 'Your account at Acme Supplies is ready' },
      ]);
      app.clock.forward(DAY);
      await app.outbox.queue(aLetter());
      await settled();
      expect((await rows())[0]).toMatchObject({ attempts: 1 });
    });

    it('fail after the last of eight tries', async () => {
      sink.refusal = { code: 451, text: 'overloaded' };
      await app.outbox.queue(aLetter());
      for (let tries = 1; tries <= 8; tries++) {
        await tried(tries);
        app.clock.forward(DAY);
      }

      expect(await settled()).toMatchObject([
        { status: 'failed', attempts: 8, lastError: expect.stringContaining('overloaded') as string },
      ]);
      expect(sink.received).toEqual([]);
    });
  });
});
