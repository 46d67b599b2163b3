import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, aDraft, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, aLocalization, aWebsite } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER, VISITOR] = [1, 2, 3];

describe('Customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = (draft: object) => admin.post<CustomerUserBody & Refused>(PATH, aDraft(draft));
  const change = (id: number, body: object, headers?: Record<string, string>) =>
    admin.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, body, headers);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
  const emails = async (query: string) =>
    (await admin.get<Listed<CustomerUserBody>>(`${PATH}?${query}`)).body.items.map(({ email }) => email);

  describe('are created', () => {
    it('with the owner and the sales representatives of their customer, the default website and its role', async () => {
      const owner = await aConsoleUser(product, { lastName: 'Owner' });
      const representative = await aConsoleUser(product, { lastName: 'Seller' });
      const customer = await aCustomer(admin, { ownerId: owner.id, salesRepresentativeIds: [representative.id] });

      const { status, headers, body } = await create({ customerId: customer.id });

      expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
      expect(body).toMatchObject({
        customer: { id: customer.id, name: customer.name },
        owner: { id: owner.id, fullName: 'Sam Owner' },
        salesRepresentatives: [{ id: representative.id, fullName: 'Sam Seller' }],
        website: { id: 1, name: 'Default' },
        roles: [{ id: BUYER, code: 'ROLE_FRONTEND_BUYER', label: 'Buyer' }],
        preferredLocalization: null,
        enabled: true,
        confirmed: true,
        guest: false,
        passwordStatus: 'unset',
        loginCount: 0,
        lastLoginAt: null,
        version: 1,
      });
      expect(await read(body.id)).toEqual(body);
    });

    it('with what is named in place of the defaults', async () => {
      const customer = await aCustomer(admin, { salesRepresentativeIds: [1] });
      const website = await aWebsite(product);
      const draft = {
        ...{ customerId: customer.id, ownerId: null, salesRepresentativeIds: [], websiteId: website.id },
        ...{ preferredLocalizationId: website.localizationId, roleIds: [BUYER, ADMINISTRATOR], enabled: false, confirmed: false },
      };

      const { body } = await create(draft);

      expect(body).toMatchObject({ owner: null, salesRepresentatives: [], website: { id: website.id }, enabled: false, confirmed: false });
      expect(body.preferredLocalization?.id).toBe(website.localizationId);
      expect(body.roles.map(({ id }) => id)).toEqual([ADMINISTRATOR, BUYER]);
    });

    it('with a customer of their own name when none is named', async () => {
      const { body } = await create({ firstName: 'Nancy', lastName: 'Sallee' });

      expect(body.customer.name).toBe('Nancy Sallee');
      expect((await admin.get<CustomerBody>(`/admin/api/customers/${body.customer.id}`)).body.owner?.id).toBe(1);
      expect(await historyOf(product, 'customer', body.customer.id)).toHaveLength(1);
    });

    it('with no customer of their own by somebody who may create none', async () => {
      const caller = await aConsoleCaller(product, {
        rights: { 'customer_user:view': 'organization', 'customer_user:create': 'organization', 'customer:view': 'organization' },
      });
      const customer = await aCustomer(admin);

      const alone = await caller.post(PATH, aDraft());
      const employed = await caller.post(PATH, aDraft({ customerId: customer.id }));

      expect([alone.status, alone.body.detail]).toEqual([403, 'This needs the permission customer:create.']);
      expect(employed.status).toBe(201);
    });

    it('with a name, a birthday and a phone number, which is kept with its country', async () => {
      const parts = { namePrefix: 'Dr.', firstName: 'Amanda', middleName: 'R.', lastName: 'Cole', nameSuffix: 'PhD' };

      const { body } = await create({ ...parts, birthday: '1985-02-28', phone: ' +49 (30) 123-4567 ' });

      expect(body).toMatchObject({ ...parts, fullName: 'Dr. Amanda R. Cole PhD', birthday: '1985-02-28', phone: '+49301234567' });
    });

    it.each([
      [{ email: 'nobody' }, '/email', 'not_an_email'],
      [{ email: 'just"not"right@example.com' }, '/email', 'not_an_email'],
      [{ email: `${'a'.repeat(250)}@b.example` }, '/email', 'not_an_email'],
      [
        { email: `${'İ'.repeat(31)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(30)}.com` },
        '/email',
        'not_an_email',
      ],
      [{ firstName: undefined }, '/firstName', 'required'],
      [{ lastName: '' }, '/lastName', 'too_short'],
      [{ lastName: 'x'.repeat(256) }, '/lastName', 'too_long'],
      [{ lastName: 'two\nlines' }, '/lastName', 'malformed'],
      [{ lastName: 'half a \ud83d' }, '/lastName', 'is_well_formed'],
      [{ birthday: '2999-01-01' }, '/birthday', 'birthday'],
      [{ birthday: '2001-02-29' }, '/birthday', 'birthday'],
      [{ birthday: 20010228 }, '/birthday', 'birthday'],
      [{ phone: '030 1234567' }, '/phone', 'phone'],
      [{ phone: 49301234567 }, '/phone', 'phone'],
      [{ enabled: 'yes' }, '/enabled', 'not_a_boolean'],
      [{ enabled: null }, '/enabled', 'not_a_boolean'],
      [{ customerId: 999_999 }, '/customerId', 'customer_users.customer_unknown'],
      [{ ownerId: 999_999 }, '/ownerId', 'customer_users.owner_unknown'],
      [{ salesRepresentativeIds: [1, 999_999] }, '/salesRepresentativeIds/1', 'customer_users.sales_representative_unknown'],
      [{ websiteId: 999_999 }, '/websiteId', 'customer_users.website_unknown'],
      [{ preferredLocalizationId: 999_999 }, '/preferredLocalizationId', 'customer_users.localization_unknown'],
      [{ roleIds: [] }, '/roleIds', 'customer_users.roles_missing'],
      [{ roleIds: [BUYER, 999_999] }, '/roleIds/1', 'customer_users.role_unknown'],
      [{ roleIds: [BUYER, BUYER] }, '/roleIds', 'repeated'],
      [{ password: 'Correct-horse-1', generatePassword: true }, '/generatePassword', 'customer_users.two_passwords'],
      [{ guest: true, sendWelcomeEmail: true }, '/sendWelcomeEmail', 'customer_users.guest_not_welcomed'],
    ])('never with %j', async (wrong, pointer, code) => {
      const { status, body } = await create(wrong);

      expect(status).toBe(400);
      expect(body.errors).toEqual([expect.objectContaining({ pointer, code })]);
    });

    it('never with a localization that their website does not offer', async () => {
      const { id } = await aLocalization(product);

      expect((await create({ preferredLocalizationId: id })).body.errors?.[0]?.code).toBe('customer_users.localization_not_offered');
    });

    it('without a role only when they are disabled', async () => {
      expect((await create({ roleIds: [], enabled: false })).body.roles).toEqual([]);
    });

    it('never with a role of another customer', async () => {
      const [mine, other] = [await aCustomer(admin), await aCustomer(admin)];
      const roleIds = [await aCustomerRole(product, mine.id), await aCustomerRole(product, other.id)];

      const refused = await create({ customerId: mine.id, roleIds });
      const made = await create({ customerId: mine.id, roleIds: roleIds.slice(0, 1) });

      expect(refused.body.errors).toEqual([
        expect.objectContaining({ pointer: '/roleIds/1', code: 'customer_users.role_of_other_customer' }),
      ]);
      expect(made.status).toBe(201);
      expect((await create({ roleIds: roleIds.slice(0, 1) })).body.errors?.[0]?.code).toBe('customer_users.role_of_other_customer');
    });

    it('never with a password that breaks a rule: all broken ones in one answer, with every other fault', async () => {
      const { body } = await create({ password: '_____', ownerId: 999_999 });

      expect(body.errors?.map(({ code }) => code)).toEqual([
        'customer_users.owner_unknown',
        'passwords.too_short',
        'passwords.lower_case_missing',
        'passwords.upper_case_missing',
        'passwords.digit_missing',
      ]);
    });

    it('with a password of any script', async () => {
      expect((await create({ password: 'Ünïçødé-пароль-٣' })).status).toBe(201);
    });

    it('without a password when one is to be generated', async () => {
      const { body } = await create({ generatePassword: true });

      expect([body.passwordStatus, (await product.tryLogIn('/api', body.email, '')).status]).toEqual(['unset', 400]);
    });

    it.each([
      'id',
      'organizationId',
      'passwordHash',
      'passwordStatus',
      'version',
      'loginCount',
      'lastLoginAt',
      'createdAt',
      'credentialEpoch',
      'uniqueEmail',
      '__proto__',
    ])('never with a %s of the caller', async (member) => {
      const body = JSON.stringify(aDraft()).replace('{', `{"${member}":5,`);

      expect((await admin.post(PATH, body)).status).toBe(400);
    });

    it('once an email address, in any case', async () => {
      const email = anEmail();
      await aCustomerUser(admin, { email });

      for (const again of [email, email.toUpperCase(), ` ${email} `]) {
        const { status, body } = await create({ email: again });
        expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'customer_users.email_taken', '/email']);
      }
    });

    it('once when fifty ask at once for one email address', async () => {
      const email = anEmail();

      const answers = await Promise.all(Array.from({ length: 50 }, () => create({ email, firstName: 'Racing' })));

      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
      expect(new Set(answers.map(({ body }) => body.code ?? 'created'))).toEqual(new Set(['created', 'customer_users.email_taken']));
      expect(await emails(`filter[email]=${email}`)).toEqual([email]);
      // No customer is left behind by those who came too late.
      expect((await admin.get<Listed>('/admin/api/customers?filter[name]=Racing%20Cole')).body.items).toHaveLength(1);
    }, 60_000);

    it('as guests as often as one likes with one email address, with the role for guests', async () => {
      const email = anEmail();
      await aCustomerUser(admin, { email });

      const guests = [await create({ email, guest: true }), await create({ email, guest: true })];

      expect(guests.map(({ status, body }) => [status, body.guest, body.roles.map(({ id }) => id)])).toEqual([
        [201, true, [VISITOR]],
        [201, true, [VISITOR]],
      ]);
    });

    it('once an external id', async () => {
      await create({ externalId: 'CRM-1' });

      expect((await create({ externalId: 'CRM-1' })).body.code).toBe('customer_users.external_id_taken');
    });
  });

  describe('are changed', () => {
    it('in the members that are given: what is left out stays, null clears', async () => {
      const { id, email } = await aCustomerUser(admin, { phone: '+49301234567', birthday: '1985-02-28', middleName: 'R.' });

      const { status, headers, body } = await change(id, { firstName: 'Nancy', birthday: null, middleName: null });

      expect([status, headers.get('etag')]).toEqual([200, '"2"']);
      expect(body).toMatchObject({ email, firstName: 'Nancy', lastName: 'Cole', birthday: null, middleName: null, phone: '+49301234567' });
      expect(await read(id)).toEqual(body);
    });

    it.each([
      'email',
      'firstName',
      'lastName',
      'enabled',
      'confirmed',
      'customerId',
      'websiteId',
      'roleIds',
      'salesRepresentativeIds',
      'password',
    ])('never by clearing their %s', async (member) => {
      const { id } = await aCustomerUser(admin);

      const { status, body } = await change(id, { [member]: null });

      expect([status, body.errors?.[0]?.pointer]).toEqual([400, `/${member}`]);
    });

    it.each(['id', 'organizationId', 'passwordHash', 'version', 'loginCount', 'guest', 'generatePassword', 'sendWelcomeEmail'])(
      'never in their %s',
      async (member) => {
        const { id } = await aCustomerUser(admin);

        const { status, body } = await change(id, { [member]: 5 });

        expect([status, body.errors?.[0]]).toEqual([400, expect.objectContaining({ pointer: `/${member}`, code: 'unknown_member' })]);
      },
    );

    it('with the version that was read, and refused with a stale one', async () => {
      const { id } = await aCustomerUser(admin);

      expect((await change(id, { firstName: 'Second' }, { 'if-match': '"1"' })).status).toBe(200);
      expect((await change(id, { firstName: 'Third' }, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.post(`${PATH}/${id}/disable`, undefined, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin.delete(`${PATH}/${id}`, { 'if-match': '"1"' })).status).toBe(412);
      expect(await read(id)).toMatchObject({ firstName: 'Second', enabled: true });
    });

    it('in their roles, and never left enabled without one', async () => {
      const { id } = await aCustomerUser(admin);

      expect((await change(id, { roleIds: [ADMINISTRATOR] })).body.roles.map((role) => role.id)).toEqual([ADMINISTRATOR]);
      expect((await change(id, { roleIds: [] })).body.errors?.[0]?.code).toBe('customer_users.roles_missing');
      expect((await change(id, { roleIds: [], enabled: false })).body.roles).toEqual([]);
      expect((await change(id, { enabled: true })).body.errors?.[0]?.code).toBe('customer_users.roles_missing');
      expect((await admin.post(`${PATH}/${id}/enable`)).body.errors?.[0]?.code).toBe('customer_users.roles_missing');
    });

    it('to an email address that is free, and to no other', async () => {
      const [one, other] = [await aCustomerUser(admin), await aCustomerUser(admin)];

      expect((await change(one.id, { email: other.email.toUpperCase() })).body.code).toBe('customer_users.email_taken');
      expect((await change(one.id, { email: one.email.toUpperCase() })).body.email).toBe(one.email.toUpperCase());
    });

    it('to another website without the localization of the one before', async () => {
      const [first, second] = [await aWebsite(product), await aWebsite(product)];
      const roleIds = [BUYER];
      const { id } = await aCustomerUser(admin, { websiteId: first.id, preferredLocalizationId: first.localizationId, roleIds });

      expect((await change(id, { websiteId: first.id })).body.preferredLocalization?.id).toBe(first.localizationId);
      expect((await change(id, { websiteId: second.id })).body.preferredLocalization).toBeNull();
      const chosen = await change(id, { websiteId: first.id, preferredLocalizationId: first.localizationId });
      expect(chosen.body.preferredLocalization?.id).toBe(first.localizationId);
      const wrong = await change(id, { websiteId: second.id, preferredLocalizationId: first.localizationId });
      expect(wrong.body.errors?.[0]?.code).toBe('customer_users.localization_not_offered');
    });
  });

  it('have a history of who changed what, with roles and without passwords', async () => {
    const { id, customer } = await aCustomerUser(admin, { firstName: 'Old', password: undefined });
    await change(id, { firstName: 'New', roleIds: [BUYER, ADMINISTRATOR], salesRepresentativeIds: [1] });
    await change(id, { roleIds: [ADMINISTRATOR, BUYER] });
    await change(id, { password: PASSWORD });
    await admin.post(`${PATH}/${id}/disable`);
    await admin.delete(`${PATH}/${id}`);

    const entries = await historyOf(product, 'customer_user', id);

    expect(new Set(entries.map(({ actorType, actorId, via }) => `${actorType} ${actorId} ${via}`))).toEqual(new Set(['user 1 api']));
    expect(entries[0]?.changes).toMatchObject({ firstName: { old: null, new: 'Old' }, roleIds: { old: null, new: [BUYER] } });
    expect(entries[0]?.changes).toMatchObject({ customerId: { old: null, new: customer.id } });
    expect(entries[0]?.changes).not.toHaveProperty('passwordHash');
    expect(entries.slice(1, 4).map(({ action, changes }) => ({ action, changes }))).toEqual([
      {
        action: 'changed',
        changes: {
          firstName: { old: 'Old', new: 'New' },
          roleIds: { old: [BUYER], new: [ADMINISTRATOR, BUYER] },
          salesRepresentativeIds: { old: [], new: [1] },
        },
      },
      {
        action: 'changed',
        changes: { passwordStatus: { old: 'unset', new: 'active' }, passwordHash: { old: '(changed)', new: '(changed)' } },
      },
      { action: 'changed', changes: { enabled: { old: true, new: false } } },
    ]);
    expect(entries[4]).toMatchObject({ action: 'deleted', changes: { roleIds: { old: [ADMINISTRATOR, BUYER], new: null } } });
    expect(entries).toHaveLength(5);
  });
});
