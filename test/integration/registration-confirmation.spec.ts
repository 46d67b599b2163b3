import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { settings } from '../../src/organizations/index.js';
import { HOUR } from '../../src/platform/clock/index.js';
import { aCustomerUser, anEmail, type CustomerUserBody } from '../factories/customer-users.js';
import { aRegistrant, CONFIRM } from '../factories/registrations.js';
import { setSetting } from '../factories/settings.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct, type Tokens } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const PATH = '/api/registration';

interface Answered {
  status: string;
  session: Tokens | null;
}

describe('A registration', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const confirm = <T = Answered>(token: string) => product.nobody.post<T>(`${PATH}/confirm`, { token });
  const found = async (email: string) =>
    (await admin.get<Listed<CustomerUserBody>>(`/admin/api/customer-users?filter[email]=${encodeURIComponent(email)}`)).body.items;
  const mailsTo = async (email: string, subject: string) =>
    (await product.mails()).filter((mail) => mail.to === email && mail.subject === subject);
  const confirmLoggingIn = async (token: string) => {
    await setSetting(product, settings.registrationAutoLogin, true, 1);
    const answer = await confirm(token);
    await setSetting(product, settings.registrationAutoLogin, false, 1);
    return answer;
  };

  describe('is confirmed', () => {
    it('once, also by ten at once', async () => {
      const { token, email } = await aRegistrant(product);

      const answers = await Promise.all(Array.from({ length: 10 }, () => confirm<Refused>(token)));

      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 400)]);
      const { code, errors } = answers.find(({ status }) => status === 400)?.body ?? {};
      expect([code, errors?.[0]?.pointer]).toEqual(['links.unusable', '/token']);
      await theMail(product.mails, email, 'Welcome to Default');
    });

    it('with a session where that is wanted', async () => {
      const { token, email } = await aRegistrant(product);

      const { body } = await confirmLoggingIn(token);

      const me = await product.as(body.session?.accessToken ?? '').get<CustomerUserBody>('/api/me');
      expect(me.body.email).toBe(email);
    });

    it('without a session, and without a welcome, while the account is disabled', async () => {
      const { token, email } = await aRegistrant(product);
      const [person] = await found(email);
      await product.work.repository(CustomerUser).update({ id: person?.id ?? 0 }, { enabled: false });

      const { status, body } = await confirmLoggingIn(token);

      expect([status, body.session]).toEqual([200, null]);
      expect((await found(email))[0]).toMatchObject({ confirmed: true, enabled: false });
    });

    it('as long as the setting says', async () => {
      await setSetting(product, settings.confirmEmailHours, 2, 1);
      const { token } = await aRegistrant(product);
      await setSetting(product, settings.confirmEmailHours, 24, 1);
      product.forward(2 * HOUR + 1);

      expect((await confirm<Refused>(token)).body.code).toBe('links.unusable');
    });

    it.each(['x', 'x'.repeat(43), '\u0000', "' OR 1=1 --"])('not by what is made up: %j', async (token) => {
      expect((await confirm<Refused>(token)).body.code).toBe('links.unusable');
    });

    it('not by a link for something else', async () => {
      const { email } = await aCustomerUser(admin);
      await product.nobody.post('/api/password/forgot', { email });
      const token = tokenIn(await theMail(product.mails, email, 'Your new password for Default'));

      expect((await confirm<Refused>(token)).body.code).toBe('links.unusable');
    });
  });

  describe('has another link mailed', () => {
    const resend = (email: string, more: object = {}) => product.nobody.post<object>(`${PATH}/resend`, { email, ...more });

    it('to who is not confirmed: the first one is over', async () => {
      const { token, email } = await aRegistrant(product);

      expect(await resend(email)).toMatchObject({ status: 202, body: { status: 'accepted' } });

      await eventually(async () => (await mailsTo(email, CONFIRM)).length > 1, 'the second mail is there');
      const tokens = (await mailsTo(email, CONFIRM)).map(tokenIn);
      expect((await confirm<Refused>(token)).status).toBe(400);
      expect((await confirm(tokens.find((other) => other !== token) ?? '')).status).toBe(200);
    });

    it('to nobody else, with the same answer and by the same statements', async () => {
      const [confirmed, disabled] = [await aCustomerUser(admin), await aCustomerUser(admin, { confirmed: false, enabled: false })];
      const { email: waiting } = await aRegistrant(product);
      const answers: object[] = [];
      const ask = (email: string) =>
        statementsOf(product, async () => {
          const { status, body } = await resend(email);
          answers.push({ status, body });
        });
      const usual = await ask(anEmail());
      for (const email of [confirmed.email, disabled.email, waiting]) {
        expect(await ask(email)).toEqual(usual);
      }

      await eventually(async () => (await mailsTo(waiting, CONFIRM)).length > 1, 'the last asked for has his mail');
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect([...(await mailsTo(confirmed.email, CONFIRM)), ...(await mailsTo(disabled.email, CONFIRM))]).toEqual([]);
    });

    it.each([
      [{ email: 'nobody' }, '/email', 'not_an_email'],
      [{}, '/email', 'required'],
      [{ email: 'a@b.example', token: 'x' }, '/token', 'unknown_member'],
    ])('is refused with %j', async (body, pointer, code) => {
      const answer = await product.nobody.post(`${PATH}/resend`, body);

      expect([answer.status, answer.body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
    });
  });
});
