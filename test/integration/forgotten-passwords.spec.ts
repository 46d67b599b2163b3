import { settings } from '../../src/organizations/index.js';
import { HOUR } from '../../src/platform/clock/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { attemptsOf } from '../factories/login-attempts.js';
import { anOrganization } from '../factories/organizations.js';
import { setSetting } from '../factories/settings.js';
import { eventually } from '../support/jobs/eventually.js';
import { type ReadMail, theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, startProduct } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const NEW = 'Brand-new-horse-1';
const SUBJECT = 'Your new password for Default';

describe('A forgotten password', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const forgot = (email: string, more: object = {}) => product.nobody.post('/api/password/forgot', { email, ...more });
  const reset = (token: string) => product.nobody.post('/api/password/reset', { token, password: NEW });
  const mailsTo = async (email: string) => (await product.mails()).filter(({ to }) => to === email);
  const aLink = async (email: string) => {
    await forgot(email);
    return tokenIn(await theMail(product.mails, email, SUBJECT));
  };

  it('is replaced through the link in a mail, which confirms the address as well', async () => {
    const { id, email } = await aCustomerUser(admin, { confirmed: false });

    const { status, body } = await forgot(` ${email.toUpperCase()}`);

    expect([status, body]).toEqual([202, { status: 'accepted' }]);
    const mail = await theMail(product.mails, email, SUBJECT);
    expect(mail.text).toContain(`http://localhost:3000/account/set-password?token=${tokenIn(mail)}`);
    expect((await reset(tokenIn(mail))).status).toBe(204);
    expect((await product.tryLogIn('/api', email, PASSWORD)).status).toBe(401);
    await product.logIn(email, NEW);
    expect((await admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body.confirmed).toBe(true);
  });

  it('is asked for with the same answer, and by the same statements, whoever has the address', async () => {
    const known = await aCustomerUser(admin);
    const guest = await aCustomerUser(admin, { guest: true });
    const disabled = await aCustomerUser(admin, { enabled: false });
    const answers: unknown[] = [];
    const ask = (email: string) =>
      statementsOf(product, async () => {
        const { status, body } = await forgot(email);
        answers.push({ status, body });
      });
    const usual = await ask(anEmail());

    for (const { email } of [guest, disabled, known]) expect(await ask(email)).toEqual(usual);

    await theMail(product.mails, known.email, SUBJECT);
    expect(usual.length).toBeGreaterThan(0);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect([...(await mailsTo(guest.email)), ...(await mailsTo(disabled.email))]).toEqual([]);
  });

  it('leaves no email address in the job that looks for the account', async () => {
    const { email } = await aCustomerUser(admin);
    await aLink(email);

    expect(JSON.stringify(await product.work.manager.query('SELECT payload FROM jobs'))).not.toContain(email);
  });

  it('is over when a later one is asked for, and when somebody logs in', async () => {
    const { email } = await aCustomerUser(admin);
    const first = await aLink(email);
    await forgot(email);
    await eventually(async () => (await mailsTo(email)).length > 1, 'the second mail is there');
    const second = (await mailsTo(email)).map(tokenIn).find((token) => token !== first) ?? '';

    expect((await reset(first)).body.code).toBe('links.unusable');
    await product.logIn(email, PASSWORD);
    expect((await reset(second)).body.code).toBe('links.unusable');
  });

  it('can be replaced as long as the setting for that says, not the one for a first password', async () => {
    await setSetting(product, settings.resetPasswordHours, 2, 1);
    await setSetting(product, settings.setPasswordHours, 100, 1);
    const { email } = await aCustomerUser(admin);
    const token = await aLink(email);
    await setSetting(product, settings.resetPasswordHours, 24, 1);
    await setSetting(product, settings.setPasswordHours, 24, 1);
    product.forward(2 * HOUR + 1);

    expect((await reset(token)).body.code).toBe('links.unusable');
  });

  it('of an address with accounts in two organizations is asked for in both, or in the one of the website', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    const other = await aConsoleCaller(product, { organizationId });
    const [both, one] = [anEmail(), anEmail()];
    for (const email of [both, one]) for (const caller of [admin, other]) await aCustomerUser(caller, { email });

    await forgot(both);
    await forgot(one, { websiteId });

    await eventually(async () => (await mailsTo(both)).length === 2, 'both accounts get their mail');
    await eventually(async () => (await mailsTo(one)).length > 0, 'the account gets its mail');
    expect(await mailsTo(one)).toHaveLength(1);
    expect((await forgot(one, { websiteId: 999 })).status).toBe(404);
  });

  it.each([
    [{ email: 'nobody' }, '/email', 'not_an_email'],
    [{}, '/email', 'required'],
    [{ email: 'a@b.example', password: 'x' }, '/password', 'unknown_member'],
  ])('is refused with %j', async (body, pointer, code) => {
    const answer = await product.nobody.post('/api/password/forgot', body);

    expect([answer.status, answer.body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer, code })]);
  });

  describe('where passwords let nobody in', () => {
    let person: CustomerUserBody;
    let token: string;
    let before: ReadMail[];

    beforeAll(async () => {
      person = await aCustomerUser(admin);
      token = await aLink(person.email);
      before = await mailsTo(person.email);
    });
    afterEach(async () => {
      await setSetting(product, settings.passwordLogin, true, 1);
      await setSetting(product, settings.passwordLogin, true);
    });

    it('is neither asked for nor replaced, and nobody logs in with one', async () => {
      await setSetting(product, settings.passwordLogin, false);
      await setSetting(product, settings.passwordLogin, false, 1);

      const answers = [await forgot(person.email), await forgot(anEmail()), await reset(token)];
      const login = await product.tryLogIn('/api', person.email, PASSWORD);

      expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
        Array.from({ length: 3 }, () => '403 accounts.password_login_off'),
      );
      expect(login.status).toBe(403);
      expect((await attemptsOf(admin, person.email))[0]).toMatchObject({ success: false, reason: 'password_login_off' });
      expect((await product.nobody.get<string>(`/account/set-password?token=${token}`)).body).toContain('single sign-on');
    });

    it('is refused like a wrong one where only the organization says so and no website is named', async () => {
      const { accessToken } = await product.logIn(person.email, PASSWORD);
      await setSetting(product, settings.passwordLogin, false, 1);

      const [login, named] = [
        await product.tryLogIn('/api', person.email, PASSWORD),
        await product.nobody.post('/api/auth/login', { email: person.email, password: PASSWORD, websiteId: 1 }),
      ];
      const change = await product.as(accessToken).post('/api/me/password', { currentPassword: PASSWORD, newPassword: NEW });
      await forgot(person.email);
      await forgot(person.email);

      expect([login.status, named.status, named.body.code]).toEqual([401, 403, 'accounts.password_login_off']);
      expect([change.status, change.body.code]).toEqual([403, 'accounts.password_login_off']);
      const jobs = () => product.work.manager.query<object[]>(`SELECT id FROM jobs WHERE status <> 'done'`);
      await eventually(async () => (await jobs()).length === 0, 'the requests are answered');
      expect(await mailsTo(person.email)).toEqual(before);
    });
  });
});
