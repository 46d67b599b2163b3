import { TEMPLATE_SAMPLES } from '../../src/notifications/email-templates/template-samples.js';
import { EmailRow } from '../../src/notifications/emails/email.entity.js';
import { SealedContext } from '../../src/notifications/emails/sealed-context.js';
import { MailTransport } from '../../src/platform/mail/index.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { type EmailBody } from '../factories/notifications.js';
import { aUserRole } from '../factories/user-roles.js';
import { aUserCaller } from '../factories/users.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';
import { everythingIsSent } from '../support/traces.js';

describe('The mails of a customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const put = (key: string, value: unknown, holder: object = {}) => admin.put(`/admin/api/settings/${key}`, { value, ...holder });
  const reset = ({ id }: { id: number }) => admin.post(`/admin/api/customer-users/${id}/reset-password`);
  const mailsOf = async ({ id }: { id: number }, caller = admin) =>
    (await caller.get<Listed<EmailBody>>(`/admin/api/customer-users/${id}/emails`)).body.items;
  const sentTo = async (person: { id: number }) => {
    await reset(person);
    await eventually(async () => (await mailsOf(person)).some(({ status }) => status === 'sent'), 'the mail is sent');
    return (await mailsOf(person))[0];
  };

  it('come from whom the settings name: of the website, else of the organization, else of the system', async () => {
    const { body: shop } = await admin.post<{ id: number }>('/admin/api/websites', { name: 'Shop', url: 'https://shop.example' });
    const [here, there] = [await aCustomerUser(admin), await aCustomerUser(admin, { websiteId: shop.id })];
    expect((await sentTo(here))?.from).toEqual({ name: 'Customer Identity', address: 'no-reply@example.com' });

    await put('mail.senderAddress', 'system@merchant.example');
    await put('mail.senderName', 'The merchant', { organizationId: 1 });
    await put('mail.senderName', 'The shop', { websiteId: shop.id });
    const [other, another] = [await aCustomerUser(admin), there];
    expect((await sentTo(other))?.from).toEqual({ name: 'The merchant', address: 'system@merchant.example' });
    expect((await sentTo(another))?.from).toEqual({ name: 'The shop', address: 'system@merchant.example' });
  });

  it('stay where they are when another process has sent them meanwhile', async () => {
    const person = await aCustomerUser(admin);
    const transport = product.inside(MailTransport);
    const send = transport.send.bind(transport);
    const stalled = jest.spyOn(transport, 'send').mockImplementation(async (mail) => {
      const sent = await send(mail);
      await product.work.repository(EmailRow).update({ messageId: mail.messageId }, { status: 'sent' });
      return sent;
    });

    await sentTo(person);
    await everythingIsSent(product);
    stalled.mockRestore();

    expect((await product.mails()).filter(({ to }) => to === person.email)).toHaveLength(1);
  });

  it('are listed on his page: his alone, for who may see mails and him', async () => {
    const [person, other] = [await aCustomerUser(admin), await aCustomerUser(admin)];
    await sentTo(person);
    await sentTo(other);

    expect(await mailsOf(person)).toMatchObject([
      { customerUserId: person.id, template: 'customer_user_force_reset_password', event: 'customer_user.password_reset_forced' },
    ]);
    const { id: mailsAlone } = await aUserRole(admin, { permissions: { email: { view: 'organization' } } });
    const blind = await aUserCaller(product, { roleIds: [mailsAlone] });
    expect((await blind.get(`/admin/api/customer-users/${person.id}/emails`)).status).toBe(404);
    const { id: peopleAlone } = await aUserRole(admin, { permissions: { customer_user: { view: 'organization' } } });
    const deaf = await aUserCaller(product, { roleIds: [peopleAlone] });
    expect((await deaf.get(`/admin/api/customer-users/${person.id}/emails`)).status).toBe(403);
  });

  describe('that did not arrive', () => {
    /** A mail to the person that failed, with the link of the one that he got. */
    async function failed(person: { id: number; email: string }) {
      const token = tokenIn(await theMail(product.mails, person.email, 'Please set a new password for Default'));
      const sealedContext = product.inside(SealedContext).close({
        ...TEMPLATE_SAMPLES.customer_user_force_reset_password,
        link: `https://shop.example/set-password?token=${token}`,
      });
      const [mail] = await mailsOf(person);
      await product.work.repository(EmailRow).update({ id: mail?.id }, { status: 'failed', sealedContext });
      return { token, resend: () => admin.post<Refused>(`/admin/api/emails/${mail?.id}/resend`) };
    }

    it('are sent again while the link in them is good', async () => {
      const person = await aCustomerUser(admin);
      await sentTo(person);
      const { resend } = await failed(person);

      expect((await resend()).status).toBe(202);
      await eventually(async () => (await mailsOf(person))[0]?.status === 'sent', 'the mail is sent');
    });

    it.each<[string, (person: { id: number }, token: string) => Promise<unknown>]>([
      ['a newer one was made', (person) => reset(person)],
      ['it was used', (_person, token) => product.nobody.post('/api/password/reset', { token, password: 'Summer-rain-7' })],
      ['it expired', ({ id }) => product.work.manager.update('LinkToken', { customerUserId: id }, { expiresAt: new Date(0) })],
    ])('are not, once %s', async (_what, end) => {
      const person = await aCustomerUser(admin);
      await sentTo(person);
      const { token, resend } = await failed(person);

      await end(person, token);

      const refusal = { code: 'emails.not_resendable', detail: expect.stringContaining('its link leads in no more') as string };
      expect(await resend()).toMatchObject({ status: 409, body: refusal });
    });
  });
});
