import { aCustomerUser, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import { aWebsite } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';
const [ADMINISTRATOR, BUYER] = [1, 2];

describe('Customer users', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const change = (id: number, body: object, headers?: Record<string, string>) =>
    admin.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, body, headers);
  const read = async (id: number) => (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;

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
