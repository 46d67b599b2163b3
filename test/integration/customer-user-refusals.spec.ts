import { aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { aLocalization } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const BUYER = 2;

describe('Customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const create = (draft: object) => admin.post<CustomerUserBody & Refused>(PATH, aDraft(draft));

  describe('are created', () => {
    it.each([
      [{ email: 'nobody' }, '/email', 'not_an_email'],
      [{ email: 'just"not"right@example.com' }, '/email', 'not_an_email'],
      [{ email: 'am\u200banda@example.com' }, '/email', 'not_an_email'],
      [{ email: 'am\u202eadna@example.com' }, '/email', 'not_an_email'],
      [{ email: 'amanda@exam\u2028ple.com' }, '/email', 'not_an_email'],
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
  });
});
