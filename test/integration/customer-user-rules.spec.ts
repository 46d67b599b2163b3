import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, aDraft, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
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

  describe('when he moves to another customer', () => {
    it('take the roles of the old one from him, and no other', async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const role = await aCustomerRole(product, old.id);
      const { id } = await aCustomerUser(admin, { customerId: old.id, roleIds: [ADMINISTRATOR, role] });

      const { body } = await change(id, { customerId: next.id });

      expect([body.customer.id, roleIdsOf(body)]).toEqual([next.id, [ADMINISTRATOR]]);
      expect((await historyOf(product, 'customer_user', id)).at(-1)?.changes).toEqual({
        customerId: { old: old.id, new: next.id },
        roleIds: { old: [ADMINISTRATOR, role], new: [ADMINISTRATOR] },
      });
    });

    it("give him his website's role when he would be left enabled with none", async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const roleIds = [await aCustomerRole(product, old.id)];
      const people = [
        await aCustomerUser(admin, { customerId: old.id, roleIds }),
        await aCustomerUser(admin, { customerId: old.id, roleIds, enabled: false }),
      ];

      const moved = await Promise.all(people.map(({ id }) => change(id, { customerId: next.id })));

      expect(moved.map(({ body }) => roleIdsOf(body))).toEqual([[BUYER], []]);
    });

    it('hold the roles that are chosen for him to the new one', async () => {
      const [old, next] = [await aCustomer(admin), await aCustomer(admin)];
      const [left, chosen] = [await aCustomerRole(product, old.id), await aCustomerRole(product, next.id)];
      const { id } = await aCustomerUser(admin, { customerId: old.id, roleIds: [left] });

      expect(faultsOf(await change(id, { customerId: next.id, roleIds: [left] }))).toEqual([
        '/roleIds/0 customer_users.role_of_other_customer',
      ]);
      expect(roleIdsOf((await change(id, { customerId: next.id, roleIds: [chosen] })).body)).toEqual([chosen]);
    });
  });

  it('write nothing where a change changes nothing', async () => {
    const person = await aCustomerUser(admin, { birthday: '1985-02-28', roleIds: [BUYER, ADMINISTRATOR], salesRepresentativeIds: [1] });
    const same = { firstName: person.firstName, birthday: '1985-02-28', roleIds: [ADMINISTRATOR, BUYER], salesRepresentativeIds: [1] };

    const answers = [await change(person.id, {}), await change(person.id, same)];

    for (const { status, headers, body } of answers) expect([status, headers.get('etag'), body]).toEqual([200, '"1"', person]);
    expect(await historyOf(product, 'customer_user', person.id)).toHaveLength(1);
  });

  it('count a change of what is kept beside him as one of his', async () => {
    const { id } = await aCustomerUser(admin);

    expect((await change(id, { roleIds: [ADMINISTRATOR] })).body.version).toBe(2);
    expect((await change(id, { salesRepresentativeIds: [1] })).body.version).toBe(3);
  });

  describe('let him be given to others', () => {
    const rights = { 'customer_user:view': 'organization', 'customer_user:edit': 'organization' } as const;

    it('by those alone who hold the permission to assign', async () => {
      const { id, owner } = await aCustomerUser(admin, { password: PASSWORD });
      const other = await aConsoleUser(product);
      const editor = await aConsoleCaller(product, { rights });

      for (const given of [{ ownerId: other.id }, { ownerId: null }, { salesRepresentativeIds: [other.id] }]) {
        const { status, body } = await change(id, given, editor);
        expect([status, body.detail]).toEqual([403, 'This needs the permission customer_user:assign.']);
      }
      const kept = await change(
        id,
        { ownerId: owner?.id, salesRepresentativeIds: [], roleIds: [ADMINISTRATOR], firstName: 'Nancy' },
        editor,
      );
      expect([kept.status, kept.body.firstName, roleIdsOf(kept.body)]).toEqual([200, 'Nancy', [ADMINISTRATOR]]);
    });

    it('as far as that permission reaches', async () => {
      const assigner = await aConsoleCaller(product, { rights: { ...rights, 'customer_user:assign': 'own' } });
      const [own, foreign] = [await aCustomerUser(admin, { ownerId: assigner.userId }), await aCustomerUser(admin)];
      const { id: ownerId } = await aConsoleUser(product);

      expect((await change(foreign.id, { ownerId }, assigner)).status).toBe(403);
      expect((await change(own.id, { ownerId }, assigner)).body.owner?.id).toBe(ownerId);
    });
  });

  it('demand a password that fits, or one to be generated, not both', async () => {
    const refused = await create({ password: 'weak', generatePassword: true });

    expect(faultsOf(refused)).toContain('/generatePassword customer_users.two_passwords');
    expect(faultsOf(refused)).toContain('/password passwords.digit_missing');
  });
});
