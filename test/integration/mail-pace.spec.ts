import { EmailMinute } from '../../src/notifications/emails/email-minute.entity.js';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { Pace } from '../../src/notifications/emails/pace.js';
import { SendBulkEmail, SendEmail } from '../../src/notifications/emails/send-email.job.js';
import { TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { DAY, HOUR, MINUTE } from '../../src/platform/clock/index.js';
import { CurrentContext } from '../../src/platform/context/index.js';
import { JobRow } from '../../src/platform/jobs/job.entity.js';
import { eventually } from '../support/jobs/eventually.js';
import { NotificationsApp } from '../support/notifications-app.js';
import { SmtpSink } from '../support/smtp-sink.js';

describe('The pace of mails', () => {
  let app: NotificationsApp;
  let sink: SmtpSink;

  beforeEach(async () => {
    sink = new SmtpSink();
    app = await NotificationsApp.start({ smtpUrl: await sink.start() });
  });
  afterEach(async () => {
    await app.close();
    sink.close();
  });

  const allow = (value: number) =>
    app.work.manager.save('SettingValue', { key: 'mail.perMinute', scope: 'system', scopeId: 0, value: { value } });
  const queue = (address: string, via = 'api') =>
    app.http.get(CurrentContext).run({ traceId: 'test', via }, () =>
      app.outbox.queue({
        template: 'export_result',
        organizationId: app.organizationId,
        to: { address },
        context: TEMPLATE_SAMPLES.export_result,
      }),
    );
  const queueMany = async (count: number, name: string, via?: string) => {
    for (let index = 1; index <= count; index++) await queue(`${name}-${index}@x.example`, via);
  };
  const jobs = () => app.work.repository(JobRow).find({ order: { id: 'ASC' } });
  /** Until every mail is sent, or put off to a later minute. */
  const calm = () =>
    eventually(async () => {
      const now = app.clock.now();
      return (await jobs()).every(({ status, dueAt }) => status === 'done' || (status === 'waiting' && dueAt > now));
    }, 'every mail is sent or put off');
  const received = () => sink.received.flatMap(({ recipients }) => recipients).sort();

  it('is no faster than the setting allows, whatever there is to send, and loses none', async () => {
    await allow(3);
    await queueMany(8, 'mail');

    await calm();
    expect(received()).toHaveLength(3);
    const put = (await jobs()).filter(({ status }) => status === 'waiting').map(({ dueAt }) => Math.floor(dueAt.getTime() / MINUTE));
    const present = Math.floor(app.clock.now().getTime() / MINUTE);
    expect(put.sort()).toEqual([present + 1, present + 1, present + 1, present + 2, present + 2]);

    app.clock.forward(MINUTE + 2_000);
    await calm();
    expect(received()).toHaveLength(6);
    app.clock.forward(MINUTE);
    await calm();
    expect(new Set(received()).size).toBe(8);
    expect(sink.received).toHaveLength(8);
    const rows = await app.work.repository(EmailRow).find();
    expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual(rows.map(() => ['sent', 1]));
  });

  it('leaves room for others beside the mails of an import', async () => {
    await allow(5);
    await queueMany(12, 'welcome', 'import');
    await calm();
    expect(received()).toHaveLength(4);
    expect((await jobs()).every(({ name }) => name === SendBulkEmail.name)).toBe(true);

    await queue('password@x.example');
    await calm();
    expect(received()).toContain('password@x.example');
    await queue('second@x.example');
    await calm();
    const [second] = (await jobs()).filter(({ name, status }) => name === SendEmail.name && status === 'waiting');
    expect(second && Math.floor(second.dueAt.getTime() / MINUTE)).toBe(Math.floor(app.clock.now().getTime() / MINUTE) + 1);
  });

  it('does not use up the tries of a mail that waits its turn', async () => {
    await allow(1);
    await queueMany(2, 'mail');
    await calm();
    sink.refusal = { code: 451, text: 'greylisted' };
    app.clock.forward(MINUTE + 2_000);
    const tried = async () => (await jobs()).filter(({ lastError }) => lastError !== null);
    await eventually(async () => (await tried()).length > 0, 'the mail that waited is tried');

    // Either of the two may have been the one that waited: lanes send them side by side.
    const [waited] = await tried();
    expect(waited).toMatchObject({ status: 'waiting', attempts: 2, maxAttempts: 9 });
    // The first wait of a mail that failed, though it was put off before.
    expect((waited?.dueAt.getTime() ?? 0) - app.clock.now().getTime()).toBe(MINUTE);
  });

  it('holds at once when it is changed', async () => {
    await allow(1);
    await queueMany(3, 'mail');
    await calm();
    await app.work.manager.delete('SettingValue', { key: 'mail.perMinute' });
    await allow(100);
    app.clock.forward(3 * MINUTE);
    await calm();

    expect(received()).toHaveLength(3);
  });

  it('is the same when many ask at once', async () => {
    await allow(50);
    const answers = await Promise.all(Array.from({ length: 80 }, () => app.http.get(Pace, { strict: false }).take({ bulk: false })));

    expect(answers.filter((later) => later === undefined)).toHaveLength(50);
    const minutes = await app.work.repository(EmailMinute).find({ order: { minute: 'ASC' } });
    expect(minutes.map(({ sent, booked }) => [sent, booked])).toEqual([
      [50, 0],
      [0, 30],
    ]);
  });

  it('forgets minutes that are long over', async () => {
    await queue('mail@x.example');
    await calm();
    app.clock.forward(DAY + HOUR);
    await app.http.get(Pace, { strict: false }).run();

    expect(await app.work.repository(EmailMinute).count()).toBe(0);
  });
});
