import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { MINUTE } from '../../src/platform/clock/index.js';
import { sha256 } from '../../src/platform/secrets/index.js';
import { eventually } from '../support/jobs/eventually.js';
import { anAdmin, NotificationsApp } from '../support/notifications-app.js';
import { SmtpSink } from '../support/smtp-sink.js';

const welcome = 'customer_user_welcome_email_registered_by_admin';

describe('The delivery log', () => {
  let app: NotificationsApp;
  let sink: SmtpSink;

  beforeAll(async () => {
    sink = new SmtpSink();
    app = await NotificationsApp.start({ smtpUrl: await sink.start() });
  });

  afterEach(async () => {
    await app.work.repository(EmailRow).clear();
    sink.received.length = 0;
    sink.refusal = undefined;
  });

  afterAll(async () => {
    await app.close();
    sink.close();
  });

  const admin = () => anAdmin(app.organizationId);
  const rows = () => app.work.repository(EmailRow).find({ order: { id: 'ASC' } });

  async function settled(): Promise<EmailRow[]> {
    await eventually(async () => !(await rows()).some(({ status }) => status === 'queued'), 'every mail is settled');
    return rows();
  }

  async function welcomed(address = 'amanda.cole@northwind.example', organizationId = app.organizationId): Promise<EmailRow> {
    await app.outbox.queue({ template: welcome, organizationId, to: { name: 'Amanda Cole', address }, context: TEMPLATE_SAMPLES[welcome] });
    return latest();
  }

  async function exported(address = 'ryan@acme.example'): Promise<EmailRow> {
    await app.outbox.queue({
      template: 'export_result',
      organizationId: app.organizationId,
      to: { address },
      context: TEMPLATE_SAMPLES.export_result,
    });
    return latest();
  }

  async function latest(): Promise<EmailRow> {
    const row = (await settled()).at(-1);
    if (!row) throw new Error('There is no mail.');
    return row;
  }

  const listed = async (query: string) => {
    const { body } = await app.call(admin(), 'GET', `/emails?${query}`);
    return (body as { items: { to: { address: string } }[] }).items.map(({ to }) => to.address);
  };

  it('shows a mail with what it says, but without the token of its link', async () => {
    const { id, messageId, version } = await welcomed();

    const { status, body, text, headers } = await app.call(admin(), 'GET', `/emails/${id}`);

    expect(status).toBe(200);
    expect(headers['etag']).toBe(`"${version}"`);
    expect(body).toEqual({
      id,
      template: welcome,
      ...{ templateId: null, event: null, recordId: null, ruleId: null, localizationId: null },
      to: { name: 'Amanda Cole', address: 'amanda.cole@northwind.example' },
      from: { name: 'Customer Identity', address: 'no-reply@example.com' },
      subject: 'Your account at Acme Supplies is ready',
      text: expect.stringContaining('https://shop.example.com/account/set-password?token=...\n') as string,
      html: expect.stringContaining('set-password?token&#x3D;...') as string,
      status: 'sent',
      attempts: 1,
      error: null,
      response: '250 queued as 42',
      messageId,
      customerUserId: null,
      userId: null,
      createdAt: '2026-11-23T12:00:00.000Z',
      sentAt: '2026-11-23T12:00:00.000Z',
      version,
    });
    expect(text).not.toContain('WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY');
  });

  it('lists the latest first, without bodies', async () => {
    await welcomed('first@x.example');
    app.clock.forward(MINUTE);
    await welcomed('second@x.example');

    const { status, text } = await app.call(admin(), 'GET', '/emails');

    expect(status).toBe(200);
    expect(text).not.toMatch(/"text"|"html"|sealed/);
    expect(await listed('')).toEqual(['second@x.example', 'first@x.example']);
    expect(await listed('sort=to')).toEqual(['first@x.example', 'second@x.example']);
    expect(await listed('sort=-to&limit=1')).toEqual(['second@x.example']);
  });

  it('is filtered by recipient, template, state and time', async () => {
    await welcomed('amanda@x.example');
    sink.refusal = { code: 550, text: 'no such mailbox' };
    await exported('ryan@y.example');

    expect(await listed('filter[to]=amanda@x.example')).toEqual(['amanda@x.example']);
    expect(await listed('filter[to][contains]=Y.EXAMPLE')).toEqual(['ryan@y.example']);
    expect(await listed('filter[template]=export_result')).toEqual(['ryan@y.example']);
    expect(await listed('filter[status]=sent')).toEqual(['amanda@x.example']);
    expect(await listed('filter[status][in]=given-up,failed')).toEqual(['ryan@y.example']);
    expect(await listed('filter[customerUserId]=7')).toEqual([]);
    expect(await listed(`filter[createdAt][gt]=${app.clock.now().toISOString()}`)).toEqual([]);
    expect(await app.call(admin(), 'GET', '/emails?filter[html][contains]=x')).toMatchObject({ status: 400 });
  });

  it('is closed to those who lack the permission', async () => {
    const { id } = await welcomed();

    expect(await app.call(anAdmin(app.organizationId, 'none'), 'GET', '/emails')).toMatchObject({
      status: 403,
      body: { code: 'auth.permission_missing' },
    });
    expect(await app.call(anAdmin(app.organizationId, 'organization', 'none'), 'POST', `/emails/${id}/resend`)).toMatchObject({
      status: 403,
    });
  });

  it("does not know another organization's mails", async () => {
    const { id } = await welcomed('theirs@x.example', app.organizationIds[1]);

    expect(await listed('')).toEqual([]);
    expect(await app.call(admin(), 'GET', `/emails/${id}`)).toMatchObject({ status: 404, body: { code: 'emails.not_found' } });
    expect(await app.call(admin(), 'POST', `/emails/${id}/resend`)).toMatchObject({ status: 404 });
  });

  it('sends again what was refused, with the link that it had', async () => {
    sink.refusal = { code: 550, text: 'no such mailbox' };
    const { id, messageId } = await welcomed();
    sink.refusal = undefined;
    const customerUserId = await app.addCustomerUser('Amanda', 'Cole', 'amanda.cole@northwind.example');
    const link = { customerUserId, purpose: 'set-password', tokenHash: sha256('WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY') };
    await app.work.manager.insert('LinkToken', { ...link, createdAt: app.clock.now(), expiresAt: app.clock.in(MINUTE) });

    const { status, body } = await app.call(admin(), 'POST', `/emails/${id}/resend`);

    expect(status).toBe(202);
    expect(body).toMatchObject({ id, status: 'queued', error: null });
    expect(await settled()).toMatchObject([{ id, status: 'sent', attempts: 2, sealedContext: null }]);
    expect(sink.received).toHaveLength(1);
    expect(sink.received[0]?.mail.text).toContain('token=WxBhDVAGQvFS5zrmSBqkY8TCT0dzBmnw3Gj5yGQnXJY');
    expect(sink.received[0]?.mail.messageId).not.toBe(`<${messageId}>`);
  });

  it('sends again what arrived, as a message of its own', async () => {
    const { id } = await exported();

    expect(await app.call(admin(), 'POST', `/emails/${id}/resend`)).toMatchObject({ status: 202 });

    await settled();
    expect(new Set(sink.received.map(({ mail }) => mail.messageId)).size).toBe(2);
  });

  it('does not send a one-time link twice', async () => {
    const { id } = await welcomed();

    const { status, body } = await app.call(admin(), 'POST', `/emails/${id}/resend`);

    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'emails.not_resendable', detail: expect.stringContaining('worked once') as string },
    });
    expect(sink.received).toHaveLength(1);
  });

  it('does not send again what waits, also when two ask at once', async () => {
    const { id } = await exported();
    sink.refusal = { code: 451, text: 'later' };

    const answers = await Promise.all([1, 2].map(() => app.call(admin(), 'POST', `/emails/${id}/resend`)));

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'emails.not_resendable' });
  });

  it('does not send again for who has seen an older version', async () => {
    const { id, version } = await exported();

    expect(await app.call(admin(), 'POST', `/emails/${id}/resend`, { 'if-match': `"${version + 1}"` })).toMatchObject({ status: 412 });
    expect(await app.call(admin(), 'POST', `/emails/${id}/resend`, { 'if-match': `"${version}"` })).toMatchObject({ status: 202 });
    await settled();
  });
});
