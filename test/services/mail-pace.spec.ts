import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { Pace } from '../../src/notifications/emails/pace.js';
import { SendEmail } from '../../src/notifications/emails/send-email.job.js';
import { TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { insertMany } from '../../src/platform/database/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { NotificationsApp } from '../support/notifications-app.js';
import { SmtpSink } from '../support/smtp-sink.js';

jest.setTimeout(300_000);

/** Sent over two servers; ten times as many only ask for their places, as sending them takes minutes. */
const [MAILS, LIMIT] = [300, 60];

describe('Thousands of mails', () => {
  const sinks: SmtpSink[] = [];
  let one: NotificationsApp;
  let other: NotificationsApp;
  /** How many mails the two servers took in each minute of the clock, and to whom. */
  const minutes = new Map<number, number>();
  const received: string[][] = [[], []];

  beforeAll(async () => {
    for (const addresses of received)
      sinks.push(
        new SmtpSink({
          onData: (stream, session, done) => {
            stream.resume().once('end', () => {
              const minute = Math.floor(one.clock.now().getTime() / MINUTE);
              minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
              addresses.push(...session.envelope.rcptTo.map(({ address }) => address));
              done(null, 'queued');
            });
          },
        }),
      );
    const [first, second] = await Promise.all(sinks.map((sink) => sink.start()));
    one = await NotificationsApp.start({ smtpUrl: first });
    other = await NotificationsApp.start({ smtpUrl: second, beside: one });
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    for (const sink of sinks) sink.close();
  });

  /** As many as an import makes, in a few statements. */
  async function queueAll(): Promise<void> {
    await one.work.run(async () => {
      await one.outbox.queue({
        ...{ template: 'export_result', organizationId: one.organizationId },
        ...{ to: { address: 'mail-1@x.example' }, context: TEMPLATE_SAMPLES.export_result },
      });
      const [first] = await one.work.repository(EmailRow).find();
      const [job] = await one.work.repository(JobRow).findBy({ name: SendEmail.name });
      if (!first || !job) throw new Error('Nothing was queued.');
      const names = Array.from({ length: MAILS - 1 }, (_, index) => `mail-${index + 2}`);
      const rows = names.map((name) =>
        Object.assign(new EmailRow(), { ...first, toAddress: `${name}@x.example`, messageId: `${name}@test` }),
      );
      const ids = await insertMany(one.work.manager, EmailRow, rows);
      // The sweeps of both find them.
      const handedAt = new Date(0);
      const jobs = ids.map((emailId) => Object.assign(new JobRow(), { ...job, payload: { emailId }, handedAt }));
      await insertMany(one.work.manager, JobRow, jobs);
    });
  }

  it('keep to the limit of every minute over two workers on one database, and all arrive, each once', async () => {
    await one.work.manager.save('SettingValue', { key: 'mail.perMinute', scope: 'system', scopeId: 0, value: { value: LIMIT } });
    await queueAll();
    const first = Math.floor(one.clock.now().getTime() / MINUTE);
    const calm = async () => {
      const due = await one.work
        .repository(JobRow)
        .createQueryBuilder('job')
        .where("job.status = 'running' OR (job.status = 'waiting' AND job.dueAt <= :now)", { now: one.clock.now() })
        .getCount();
      return due === 0;
    };
    for (let minute = 0; minute < MAILS / LIMIT; minute++) {
      await eventually(calm, 'every mail is sent or put off', 60_000);
      expect(received.flat()).toHaveLength(LIMIT * (minute + 1));
      one.clock.forward(MINUTE + (minute === 0 ? 2_000 : 0));
    }

    expect([...minutes]).toEqual(Array.from({ length: MAILS / LIMIT }, (_, minute) => [first + minute, LIMIT]));
    expect(new Set(received.flat()).size).toBe(MAILS);
    expect(await one.work.repository(EmailRow).countBy({ status: 'sent', attempts: 1 })).toBe(MAILS);
    expect(received.map((addresses) => addresses.length > 0)).toEqual([true, true]);
  });

  it('find their places in as few minutes as there can be, whichever worker asks', async () => {
    await one.work.manager.update('SettingValue', { key: 'mail.perMinute' }, { value: { value: 10 * LIMIT } });
    one.clock.forward(10 * MINUTE);
    const first = Math.floor(one.clock.now().getTime() / MINUTE);
    const paces = [one, other].map((app) => app.http.get(Pace, { strict: false }));
    const taken = new Map<number, number>();
    let waiting = Array.from({ length: 10 * MAILS }, () => one.clock.now());
    for (let minute = first; waiting.length > 0; minute++) {
      const due = waiting.filter((date) => date <= one.clock.now());
      waiting = waiting.filter((date) => date > one.clock.now());
      for (let start = 0; start < due.length; start += 20) {
        const answers = await Promise.all(
          due.slice(start, start + 20).map(async (_date, index) => paces[index % 2]?.take({ bulk: false })),
        );
        const later = answers.filter((date) => date !== undefined);
        taken.set(minute, (taken.get(minute) ?? 0) + answers.length - later.length);
        waiting.push(...later);
      }
      one.clock.forward(MINUTE + (minute === first ? 2_000 : 0));
    }

    expect([...taken]).toEqual(Array.from({ length: MAILS / LIMIT }, (_, minute) => [first + minute, 10 * LIMIT]));
  });
});
