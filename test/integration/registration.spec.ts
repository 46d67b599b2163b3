import { LedgerEntry } from '../../src/consents/ledger.entity.js';
import { Customer } from '../../src/customers/customer.entity.js';
import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { settings } from '../../src/organizations/index.js';
import { Organization } from '../../src/organizations/organization.entity.js';
import { DAY, HOUR } from '../../src/platform/clock/index.js';
import { aConsoleUser } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import { aRegistrant, aRegistration, CONFIRM } from '../factories/registrations.js';
import { setSetting } from '../factories/settings.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Caller, type Product, type Refused, startProduct, type Tokens } from '../support/product.js';
import { statementsOf } from '../support/statements.js';

const PATH = '/api/registration';
const WARNING = 'You have an account at Default already';

interface Answered {
  status: string;
  session: Tokens | null;
}

describe('Registration', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const register = <T = Answered>(draft: object) => product.nobody.post<T>(PATH, draft);
  const confirm = <T = Answered>(token: string) => product.nobody.post<T>(`${PATH}/confirm`, { token });
  const found = async (email: string) =>
    (await admin.get<Listed<CustomerUserBody>>(`/admin/api/customer-users?filter[email]=${encodeURIComponent(email)}`)).body.items;
  const mailsTo = async (email: string, subject: string) =>
    (await product.mails()).filter((mail) => mail.to === email && mail.subject === subject);
  const faultsOf = ({ errors = [] }: Refused) => errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const having = async <T>(values: [Parameters<typeof setSetting>[1], unknown][], act: () => Promise<T>): Promise<T> => {
    for (const [setting, value] of values) await setSetting(product, setting, value, 1);
    try {
      return await act();
    } finally {
      for (const [setting] of values) await setSetting(product, setting, setting.default, 1);
    }
  };

  it('says what its form has to show', async () => {
    const form = await product.nobody.get<object>(PATH);

    expect([form.status, form.body]).toEqual([
      200,
      { allowed: true, companyRequired: true, confirmationRequired: true, instructions: null, consents: [] },
    ]);
    await having(
      [
        [settings.registrationInstructions, 'Welcome!\nPlease name your company as it is registered.'],
        [settings.registrationCompanyRequired, false],
        [settings.registrationConfirmationRequired, false],
      ],
      async () => {
        expect((await product.nobody.get<object>(PATH)).body).toMatchObject({
          ...{ companyRequired: false, confirmationRequired: false },
          instructions: 'Welcome!\nPlease name your company as it is registered.',
        });
      },
    );
    expect((await product.nobody.get(`${PATH}?websiteId=999`)).status).toBe(404);
    expect((await product.nobody.get(`${PATH}?websiteId=x`)).status).toBe(400);
  });

  it('opens an account and a company, which can be used once the mailed link was opened', async () => {
    const draft = aRegistration({ companyName: 'Southwind Ltd' });

    const { status, body } = await register(draft);

    expect([status, body]).toEqual([202, { status: 'confirmation-required', session: null }]);
    const [person] = await found(draft.email);
    expect(person).toMatchObject({
      ...{ firstName: 'Nora', lastName: 'North', enabled: true, confirmed: false, guest: false, passwordStatus: 'active' },
      ...{ customer: { name: 'Southwind Ltd' }, owner: { id: 1 }, website: { id: 1 }, roles: [{ code: 'ROLE_FRONTEND_BUYER' }] },
    });
    expect((await product.tryLogIn('/api', draft.email, PASSWORD)).status).toBe(401);
    const mail = await theMail(product.mails, draft.email, CONFIRM);
    expect(mail.text).toContain(`http://localhost:3000/account/confirm?token=${tokenIn(mail)}`);
    expect(mail.text).not.toContain(PASSWORD);

    const confirmed = await confirm(tokenIn(mail));

    expect([confirmed.status, confirmed.body]).toEqual([200, { status: 'confirmed', session: null }]);
    await product.logIn(draft.email, PASSWORD);
    expect((await theMail(product.mails, draft.email, 'Welcome to Default')).text).toContain('Your email address is confirmed');
    const id = person?.id ?? 0;
    expect((await historyOf(product, 'customer_user', id)).map(({ action, actorId, via }) => [action, actorId, via])).toEqual([
      ['created', id, 'registration'],
      ['changed', id, 'link'],
    ]);
    expect(await historyOf(product, 'customer', person?.customer.id ?? 0)).toEqual([expect.objectContaining({ via: 'registration' })]);
  });

  it('gives the company to the console user of the setting while he can be its owner', async () => {
    const { id } = await aConsoleUser(product);
    const { id: elsewhere } = await anOrganization(product);
    const stranger = await aConsoleUser(product, { organizationId: elsewhere });
    for (const [ownerId, expected] of [
      [id, id],
      [stranger.id, 1],
    ] as const) {
      const draft = aRegistration();
      await having([[settings.registrationOwner, ownerId]], () => register(draft));
      expect((await found(draft.email))[0]?.owner?.id).toBe(expected);
    }
  });

  it('names the company after the person where none is required', async () => {
    const draft = aRegistration({ companyName: undefined });
    expect(faultsOf((await register<Refused>(draft)).body)).toEqual(['/companyName registration.company_required']);

    await having([[settings.registrationCompanyRequired, false]], () => register(draft));

    expect((await found(draft.email))[0]?.customer.name).toBe('Nora North');
  });

  it('tells every broken rule in one answer, whoever has the email address', async () => {
    const { id: mandatory } = created(
      await admin.post<{ id: number }>('/admin/api/consents', { name: 'Terms', text: 'Be kind.', mandatory: true, enabled: true }),
    );
    const { email } = await aCustomerUser(admin);
    const broken = { companyName: undefined, firstName: ' ', password: 'weak', consents: [{ consentId: 999, version: 1 }], isAdmin: true };

    const [known, unknown] = [await register<Refused>(aRegistration({ ...broken, email })), await register<Refused>(aRegistration(broken))];

    expect(known.status).toBe(400);
    expect(faultsOf(known.body).sort()).toEqual([
      '/companyName registration.company_required',
      '/consents consents.mandatory_missing',
      '/consents/0/consentId consents.not_offered',
      '/firstName too_short',
      '/isAdmin unknown_member',
      '/password passwords.digit_missing',
      '/password passwords.too_short',
      '/password passwords.upper_case_missing',
    ]);
    expect(faultsOf(unknown.body)).toEqual(faultsOf(known.body));
    await admin.patch(`/admin/api/consents/${mandatory}`, { enabled: false });
  });

  it.each(['id', 'organizationId', 'customerId', 'roleIds', 'confirmed', 'enabled', 'passwordHash', 'version', 'ownerId'])(
    'does not take %s',
    async (member) => {
      const { status, body } = await register<Refused>(aRegistration({ [member]: 1 }));

      expect([status, faultsOf(body)]).toEqual([400, [`/${member} unknown_member`]]);
    },
  );

  it('is refused where the setting forbids it, and while the organization is disabled', async () => {
    const draft = aRegistration();
    await having([[settings.registrationAllowed, false]], async () => {
      const { status, body } = await register<Refused>(draft);
      expect([status, body.code]).toEqual([403, 'registration.not_allowed']);
      expect((await product.nobody.get<{ allowed: boolean }>(PATH)).body.allowed).toBe(false);
    });
    const { id, websiteId } = await anOrganization(product);
    await product.work.repository(Organization).update({ id }, { enabled: false });

    expect((await register<Refused>({ ...draft, websiteId })).body.code).toBe('registration.not_allowed');
    expect((await register<Refused>({ ...draft, websiteId: 999 })).status).toBe(404);
    expect(await found(draft.email)).toEqual([]);
  });

  it('is with the organization of the website that is named', async () => {
    const { id: organizationId, websiteId } = await anOrganization(product);
    const { email } = await aCustomerUser(admin);

    expect((await register(aRegistration({ email, websiteId }))).status).toBe(202);

    const people = await product.work.repository(CustomerUser).findBy({ email });
    expect(people.map((person) => person.organizationId).sort()).toEqual([1, organizationId]);
    expect(people.find((person) => person.organizationId === organizationId)).toMatchObject({ websiteId, confirmed: false });
    expect(await mailsTo(email, WARNING)).toEqual([]);
  });

  it('takes the address of a guest, who has none for himself', async () => {
    const { email } = await aCustomerUser(admin, { guest: true });

    await aRegistrant(product, { email });

    expect((await found(email)).map(({ guest }) => guest).sort()).toEqual([false, true]);
  });

  describe('with an email address that somebody has', () => {
    const settled = () => {
      const waiting = () => product.work.manager.query<object[]>(`SELECT id FROM jobs WHERE status <> 'done'`);
      return eventually(async () => (await waiting()).length === 0, 'all jobs are done');
    };
    const rowsOf = async () => {
      const counts = [CustomerUser, Customer, LedgerEntry].map((entity) => product.work.repository<object>(entity).count());
      return Promise.all(counts);
    };

    it('gets the same answer, opens nothing, and warns the owner once a day', async () => {
      const { email } = await aCustomerUser(admin);
      const before = await rowsOf();
      const [fresh, known] = [await register(aRegistration()), await register(aRegistration({ email: email.toUpperCase() }))];

      expect([known.status, known.body]).toEqual([fresh.status, fresh.body]);
      await theMail(product.mails, email, WARNING);
      const after = await rowsOf();
      expect(after.map((count, kind) => count - (before[kind] ?? 0))).toEqual([1, 1, 0]);
      expect(await mailsTo(email.toUpperCase(), CONFIRM)).toEqual([]);

      product.forward(DAY - HOUR);
      await register(aRegistration({ email }));
      await settled();
      product.forward(2 * HOUR);
      await register(aRegistration({ email }));

      await eventually(async () => (await mailsTo(email, WARNING)).length > 1, 'the second warning is there');
      expect(await mailsTo(email, WARNING)).toHaveLength(2);
      await product.logIn(email, PASSWORD);
      admin = product.as((await product.logInAdmin()).accessToken);
    });

    it('costs what a new one costs: the same statements run', async () => {
      const { email } = await aCustomerUser(admin);
      const ofNew = await statementsOf(product, () => register(aRegistration()));

      const ofKnown = await statementsOf(product, () => register(aRegistration({ email })));

      expect(ofNew.filter((sql) => sql.startsWith('INSERT')).length).toBeGreaterThan(8);
      expect(ofKnown).toEqual(ofNew);
    });

    it('says so where nothing is protected', async () => {
      const { email } = await aCustomerUser(admin);

      const { status, body } = await having([[settings.enumerationProtection, false]], () => register<Refused>(aRegistration({ email })));

      expect([status, body.code, faultsOf(body)]).toEqual([409, 'customer_users.email_taken', ['/email customer_users.email_taken']]);
      expect(await mailsTo(email, WARNING)).toEqual([]);
    });
  });

  it.each([true, false])(
    'makes one account of ten at once with one address (protected: %s)',
    async (isProtected) => {
      const email = anEmail();
      const answers = await having([[settings.enumerationProtection, isProtected]], () =>
        Promise.all(Array.from({ length: 10 }, () => register(aRegistration({ email })))),
      );

      const expected = isProtected ? Array.from({ length: 10 }, () => 202) : [202, ...Array.from({ length: 9 }, () => 409)];
      expect(answers.map(({ status }) => status).sort()).toEqual(expected);
      expect(await found(email)).toHaveLength(1);
      await theMail(product.mails, email, CONFIRM);
      if (isProtected) await theMail(product.mails, email, WARNING);
    },
    60_000,
  );

  describe('without confirmation', () => {
    const open = [settings.registrationConfirmationRequired, false] as [Parameters<typeof setSetting>[1], unknown];
    const autoLogin = [settings.registrationAutoLogin, true] as typeof open;
    const unprotected = [settings.enumerationProtection, false] as typeof open;

    it('opens the account at once, with a welcome', async () => {
      const draft = aRegistration();

      const { body } = await having([open], () => register(draft));

      expect(body).toEqual({ status: 'registered', session: null });
      await product.logIn(draft.email, PASSWORD);
      expect((await theMail(product.mails, draft.email, 'Welcome to Default')).text).not.toContain('confirmed');
    });

    it('logs in at once where that is wanted and nothing is protected', async () => {
      const draft = aRegistration();

      const { body } = await having([open, autoLogin, unprotected], () => register(draft));

      expect(body).toMatchObject({ status: 'registered', session: { tokenType: 'Bearer', redirectUrl: 'http://localhost:3000' } });
      const me = await product.as(body.session?.accessToken ?? '').get<CustomerUserBody>('/api/me');
      expect(me.body.email).toBe(draft.email);
    });

    it('logs nobody in while enumeration is protected against: the session would tell', async () => {
      const { email } = await aCustomerUser(admin);
      const answers = await having([open, autoLogin], async () => [
        await register(aRegistration()),
        await register(aRegistration({ email })),
      ]);

      for (const { body } of answers) expect(body).toEqual({ status: 'registered', session: null });
    });
  });
});
