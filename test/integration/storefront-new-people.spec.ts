import { anAddressDraft } from '../factories/addresses.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomField } from '../factories/custom-fields.js';
import { ADMINISTRATOR, BUYER, VISITOR } from '../factories/customer-user-roles.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, aWebsite } from '../factories/organizations.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import { theMail, tokenIn } from '../support/mails.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/customer-users';
const INVITED = 'Your account at Default is ready';

describe('A storefront admin', () => {
  let product: Product;
  let boss: StorefrontCaller;
  let customerId: number;
  let representativeId: number;

  beforeAll(async () => {
    product = await startProduct();
    representativeId = (await aConsoleUser(product)).id;
    const customer = await aCustomer(product.admin, { ownerId: representativeId, salesRepresentativeIds: [representativeId] });
    customerId = customer.id;
    boss = await aStorefrontCaller(product, { customerId });
  });
  afterAll(() => product.close());

  const draft = (members: object = {}) => ({ email: anEmail(), firstName: 'Nora', lastName: 'North', ...members });
  const create = (members: object = {}, headers = {}) => boss.post<CustomerUserBody & Refused>(PATH, draft(members), headers);
  const colleague = (members: object = {}) => aCustomerUser(product.admin, { customerId, ...members });
  const asAdmin = async (id: number) => (await product.admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`)).body;

  describe('creates', () => {
    it('somebody for his own customer, with what customer and website give', async () => {
      const { status, headers, body } = await create();

      expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, `${PATH}/${body.id}`, '"1"']);
      expect(body).toMatchObject({ customer: { id: customerId }, website: { id: 1 }, enabled: true, roles: [{ id: BUYER }] });
      expect(await asAdmin(body.id)).toMatchObject({
        owner: { id: representativeId },
        salesRepresentatives: [{ id: representativeId }],
        guest: false,
      });
      expect(await historyOf(product, 'customer_user', body.id)).toMatchObject([
        { action: 'created', actorType: 'customer-user', actorId: boss.person.id, via: 'api' },
      ]);
    });

    it('somebody who is welcomed as one whom an admin made, and sets his password himself', async () => {
      const { body } = await create({ generatePassword: true, sendWelcomeEmail: true });

      const token = tokenIn(await theMail(product.mails, body.email, INVITED));

      expect(body.passwordStatus).toBe('unset');
      expect((await product.nobody.post('/api/password/reset', { token, password: PASSWORD })).status).toBe(204);
      await product.logIn(body.email, PASSWORD);
    });

    it('somebody of the website that he came by himself', async () => {
      const { id: websiteId } = await aWebsite(product);
      const elsewhere = await aStorefrontCaller(product, { customerId, websiteId });

      const { body } = await elsewhere.post<CustomerUserBody>(PATH, draft({ roleIds: [BUYER] }));

      expect(body.website.id).toBe(websiteId);
    });

    it('somebody for a subsidiary, with an address book', async () => {
      const { id } = await aCustomer(product.admin, { parentId: customerId });

      const { status, body } = await create({ customerId: id, addresses: [anAddressDraft()], password: PASSWORD });

      expect([status, body.customer.id, body.addresses.length]).toEqual([201, id, 1]);
      await product.logIn(body.email, PASSWORD);
    });

    it('one for one Idempotency-Key', async () => {
      const sent = draft();
      const [first, again] = [
        await boss.post<CustomerUserBody>(PATH, sent, { 'idempotency-key': 'one' }),
        await boss.post<CustomerUserBody>(PATH, sent, { 'idempotency-key': 'one' }),
      ];

      expect([again.status, again.body]).toEqual([201, first.body]);
      expect((await boss.post(PATH, draft(), { 'idempotency-key': 'one' })).body.code).toBe('idempotency.key_reused');
    });

    it('nobody whom custom fields of the merchant are demanded of', async () => {
      const field = await aCustomField(product.admin, { required: true });

      expect((await create()).status).toBe(201);
      await product.admin.delete(`/admin/api/custom-fields/${field.id}`);
    });
  });

  it('tells everything that is wrong in one answer', async () => {
    const stranger = await aCustomer(product.admin);
    const { status, body } = await create({
      ...{ email: 'nobody', customerId: stranger.id, password: 'short', birthday: '2999-01-01', surprise: 1 },
      addresses: [{ city: 'Nowhere' }],
    });

    expect(status).toBe(400);
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/email', '/customerId', '/password', '/birthday', '/surprise', '/addresses/0/street']),
    );
  });

  it('gives no role that he does not see', async () => {
    const theirs = await aCustomerRole(product, (await aCustomer(product.admin)).id);

    const refused = await create({ roleIds: [theirs, VISITOR, 987_654] });

    expect(refused.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/roleIds/0 customer_users.role_unknown',
      '/roleIds/1 customer_users.role_unknown',
      '/roleIds/2 customer_users.role_unknown',
    ]);
  });

  describe('who may do little', () => {
    let manager: StorefrontCaller;

    beforeAll(async () => {
      const manages = { 'customer_user:view': 'customer', 'customer_user:create': 'customer', 'customer_user:edit': 'customer' } as const;
      manager = await aStorefrontCaller(product, { customerId, roleIds: [await aRoleThatAllows(product, manages)] });
    });

    it('gives no more than that, not even by the role that a website gives', async () => {
      const { status, body } = await manager.post(PATH, draft());

      expect([status, body.code, body.errors?.map(({ pointer }) => pointer)]).toEqual([403, 'roles.above_own_rights', ['/roleIds']]);
      const roleIds = manager.person.roles.map(({ id }) => id);
      expect((await manager.post(PATH, draft({ roleIds }))).status).toBe(201);
    });

    it('comes by no password and no email address of somebody who may do more', async () => {
      const { id } = await colleague({ roleIds: [ADMINISTRATOR] });
      const equal = await colleague({ roleIds: manager.person.roles.map((role) => role.id) });
      const change = (whom: number, members: object) => manager.patch(`${PATH}/${whom}`, members);
      const answers = [await change(id, { password: 'Taken-horse-1' }), await change(id, { email: anEmail() })];

      expect(answers.map(({ status, body }) => [status, body.code, body.errors?.[0]?.pointer])).toEqual([
        [403, 'roles.above_own_rights', '/password'],
        [403, 'roles.above_own_rights', '/email'],
      ]);
      expect((await change(id, { lastName: 'Edited' })).status).toBe(200);
      expect((await change(equal.id, { password: 'Taken-horse-1', email: anEmail() })).status).toBe(200);
    });
  });
});
