import { aConsoleCaller, aConsoleUser } from '../factories/console-users.js';
import { aCustomerUser, aDraft, anEmail, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, aWebsite } from '../factories/organizations.js';
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
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;

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

    it('never with half a character in the password, which any other half would stand for', async () => {
      const { body } = await create({ password: 'Correct-horse-2\ud83d' });

      expect(body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/password passwords.malformed']);
      expect((await create({ password: 'Correct-horse-2\ud83d\ude00' })).status).toBe(201);
    });

    it('with a password of any script', async () => {
      expect((await create({ password: 'Ünïçødé-пароль-٣' })).status).toBe(201);
    });

    it('without a password when one is to be generated', async () => {
      const { body } = await create({ generatePassword: true });

      expect([body.passwordStatus, (await product.tryLogIn('/api', body.email, '')).status]).toEqual(['unset', 400]);
    });

    it('once an email address, in any case', async () => {
      const email = anEmail();
      await aCustomerUser(admin, { email });

      for (const again of [email, email.toUpperCase(), ` ${email} `]) {
        const { status, body } = await create({ email: again });
        expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'customer_users.email_taken', '/email']);
      }
    });

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
});
