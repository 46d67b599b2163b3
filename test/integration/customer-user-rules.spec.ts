import { aCustomerUser, aDraft, anEmail, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aCustomerRole, aLocalization, aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER, VISITOR] = [1, 2, 3];

describe('The rules of a customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = (draft: object) => admin.post<CustomerUserBody & Refused>(PATH, aDraft(draft));
  const change = (id: number, body: object, caller = admin) => caller.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, body);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
  const faultsOf = ({ body: { errors = [] } }: { body: Refused }) => errors.map(({ pointer, code }) => `${pointer} ${code}`);
  const roleIdsOf = ({ roles }: CustomerUserBody) => roles.map(({ id }) => id);

  describe('that are broken together are told together', () => {
    /** Everything wrong at once, in form and in meaning. */
    async function wrongInAll() {
      const taken = await aCustomerUser(admin, { externalId: `ERP-${anEmail()}` });
      const foreignRole = await aCustomerRole(product, (await aCustomer(admin)).id);
      const { id: unoffered } = await aLocalization(product);
      const body = {
        ...{ email: taken.email.toUpperCase(), externalId: taken.externalId, customerId: 999_999, roleIds: [foreignRole] },
        ...{ password: 'weak', preferredLocalizationId: unoffered, ownerId: 999_999, birthday: '2999-01-01', phone: 'no number' },
        ...{ firstName: '', colour: 'red' },
      };
      const faults = [
        ...['/firstName too_short', '/birthday birthday', '/phone phone', '/colour unknown_member'],
        ...['/customerId customer_users.customer_unknown', '/ownerId customer_users.owner_unknown'],
        ...['/preferredLocalizationId customer_users.localization_not_offered', '/roleIds/0 customer_users.role_of_other_customer'],
        ...['/password passwords.too_short', '/password passwords.upper_case_missing', '/password passwords.digit_missing'],
        ...['/email customer_users.email_taken', '/externalId customer_users.external_id_taken'],
      ];
      return { body, faults };
    }

    it('when he is created', async () => {
      const { body, faults } = await wrongInAll();

      const refused = await create({ ...body, lastName: undefined });

      expect([refused.status, refused.body.code]).toEqual([400, 'validation.failed']);
      expect(faultsOf(refused).sort()).toEqual([...faults, '/lastName required'].sort());
    });

    it('when he is changed', async () => {
      const { id } = await aCustomerUser(admin);
      const { body, faults } = await wrongInAll();

      const refused = await change(id, body);

      expect(refused.status).toBe(400);
      expect(faultsOf(refused).sort()).toEqual(faults.sort());
      expect((await read(id)).version).toBe(1);
    });

    it('and what depends on a member that cannot be read is not guessed at', async () => {
      const role = await aCustomerRole(product, (await aCustomer(admin)).id);
      const { localizationId } = await aWebsite(product);

      const answers = [
        await create({ customerId: 'ours', roleIds: [role] }),
        await create({ websiteId: 'shop', preferredLocalizationId: localizationId }),
        await create({ enabled: 'no', roleIds: [] }),
        await create({ roleIds: 'all' }),
        await create({ email: 5 }),
      ];

      expect(answers.map(faultsOf)).toEqual([
        ['/customerId not_an_integer'],
        ['/websiteId not_an_integer'],
        ['/enabled not_a_boolean'],
        ['/roleIds not_an_array'],
        ['/email not_an_email'],
      ]);
    });

    it('also when nothing but taken members is wrong: 409 with each', async () => {
      const { email, externalId } = await aCustomerUser(admin, { externalId: 'ERP-taken' });
      const other = await aCustomerUser(admin);

      for (const refused of [await create({ email, externalId }), await change(other.id, { email, externalId })]) {
        expect([refused.status, refused.body.code]).toEqual([409, 'customer_users.email_taken']);
        expect(faultsOf(refused)).toEqual(['/email customer_users.email_taken', '/externalId customer_users.external_id_taken']);
      }
      expect((await change(other.id, { externalId })).body.code).toBe('customer_users.external_id_taken');
    });

    it('and his own email address and external id are not taken', async () => {
      const person = await aCustomerUser(admin, { externalId: 'ERP-own' });

      const refused = await change(person.id, { email: person.email, externalId: 'ERP-own', ownerId: 999_999 });

      expect(faultsOf(refused)).toEqual(['/ownerId customer_users.owner_unknown']);
    });
  });

  it.each(['[]', '"text"', '5', ''])('refuse %j as a body', async (body) => {
    const { id } = await aCustomerUser(admin);

    for (const refused of [await admin.post(PATH, body), await admin.patch(`${PATH}/${id}`, body || '[]')])
      expect(refused.status).toBe(400);
  });

  it.each([
    ...['id', 'organization', 'passwordHash', 'passwordStatus', 'version', 'loginCount', 'lastLoginAt', 'createdAt', 'updatedAt'],
    ...['credentialEpoch', 'uniqueEmail', 'emailLower', 'fullName', 'roles', 'customer', 'owner', 'website'],
  ])('let nobody set the %s', async (member) => {
    const { id } = await aCustomerUser(admin);

    for (const refused of [await create({ [member]: 5 }), await change(id, { [member]: 5 })])
      expect([refused.status, ...faultsOf(refused)]).toEqual([400, `/${member} unknown_member`]);
    expect(await read(id)).toMatchObject({ id, version: 1 });
  });

  it('leave his organization as it is', async () => {
    const { id } = await aCustomerUser(admin);

    expect(faultsOf(await change(id, { organizationId: 1 }))).toEqual(['/organizationId unknown_member']);
  });

  describe('give him the role', () => {
    it('of his website, or else of the default one', async () => {
      const [plain, own] = [await aWebsite(product), await aWebsite(product)];
      await admin.patch(`/admin/api/websites/${own.id}`, { defaultRoleId: ADMINISTRATOR, guestRoleId: BUYER });

      const given = await Promise.all(
        [{}, { websiteId: plain.id }, { websiteId: own.id }].flatMap((draft) => [create(draft), create({ ...draft, guest: true })]),
      );

      expect(given.map(({ body }) => roleIdsOf(body))).toEqual([[BUYER], [VISITOR], [BUYER], [VISITOR], [ADMINISTRATOR], [BUYER]]);
    });
  });

  it('demand a password that fits, or one to be generated, not both', async () => {
    const refused = await create({ password: 'weak', generatePassword: true });

    expect(faultsOf(refused)).toContain('/generatePassword customer_users.two_passwords');
    expect(faultsOf(refused)).toContain('/password passwords.digit_missing');
  });
});
