import { anAddressDraft } from '../factories/addresses.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomField } from '../factories/custom-fields.js';
import { ADMINISTRATOR, BUYER, VISITOR } from '../factories/customer-user-roles.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { aCustomerRole, aWebsite } from '../factories/organizations.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import type { Listed } from '../support/client.js';
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

  it.each(['ownerId', 'salesRepresentativeIds', 'websiteId', 'guest', 'externalId', 'customFields', 'organizationId', 'loginCount'])(
    'never sets %s, of somebody new or of a colleague',
    async (member) => {
      const { id } = await colleague();
      const answers = [await create({ [member]: null }), await boss.patch(`${PATH}/${id}`, { [member]: null })];

      for (const { status, body } of answers)
        expect([status, body.errors?.map(({ pointer, code }) => [pointer, code])]).toEqual([400, [[`/${member}`, 'unknown_member']]]);
    },
  );

  it('is shown nothing of a colleague that is the merchant’s', async () => {
    const { id } = await colleague({ externalId: 'ERP-1' });

    const { body } = await boss.get<object>(`${PATH}/${id}`);

    expect(Object.keys(body).sort()).toEqual([
      ...['addresses', 'birthday', 'confirmed', 'createdAt', 'customer', 'email', 'enabled', 'firstName', 'fullName', 'id', 'lastLoginAt'],
      ...['lastName', 'middleName', 'namePrefix', 'nameSuffix', 'passwordStatus', 'phone', 'preferredLocalization', 'roles', 'updatedAt'],
      ...['version', 'website'],
    ]);
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

  it('edits, disables, enables, resets, confirms and deletes a colleague', async () => {
    const person = await colleague({ confirmed: false });
    const url = `${PATH}/${person.id}`;
    const act = async (name: string) => (await boss.post<CustomerUserBody>(`${url}/${name}`)).body;

    expect((await boss.patch<CustomerUserBody>(url, { lastName: 'Edited', phone: '+49 30 1234567' })).body).toMatchObject({
      lastName: 'Edited',
      phone: '+49301234567',
      version: 2,
    });
    expect(await act('resend-confirmation')).toMatchObject({ confirmed: false });
    expect(await act('confirm')).toMatchObject({ confirmed: true });
    expect(await act('disable')).toMatchObject({ enabled: false });
    expect(await act('enable')).toMatchObject({ enabled: true });
    expect(await act('reset-password')).toMatchObject({ passwordStatus: 'reset' });
    expect((await product.tryLogIn('/api', person.email, PASSWORD)).status).toBe(401);
    expect((await boss.delete(url)).status).toBe(204);
    expect((await boss.get(url)).status).toBe(404);
  });

  it('moves a colleague to a subsidiary, and not out of the tree', async () => {
    const { id: below } = await aCustomer(product.admin, { parentId: customerId });
    const { id: elsewhere } = await aCustomer(product.admin);
    const { id } = await colleague();

    expect((await boss.patch<CustomerUserBody>(`${PATH}/${id}`, { customerId: below })).body.customer.id).toBe(below);
    expect((await boss.patch(`${PATH}/${id}`, { customerId: elsewhere })).body.errors?.[0]?.code).toBe('customer_users.customer_unknown');
  });

  it('never acts on himself: his profile is elsewhere', async () => {
    const url = `${PATH}/${boss.person.id}`;
    const answers = [
      await boss.patch(url, { firstName: 'Me' }),
      await boss.patch(url, { roleIds: [BUYER] }),
      await boss.delete(url),
      ...(await Promise.all(
        ['enable', 'disable', 'confirm', 'resend-confirmation', 'reset-password'].map((act) => boss.post(`${url}/${act}`)),
      )),
    ];

    expect((await boss.get(url)).status).toBe(200);
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [409, 'customer_users.self']));
    expect((await boss.patch<CustomerUserBody>('/api/me', { firstName: 'Me' })).body.firstName).toBe('Me');
    expect((await boss.patch('/api/me', { roleIds: [BUYER] })).body.errors?.[0]?.code).toBe('unknown_member');
  });

  it('lists colleagues by the language of lists, without what tells of guests and of the merchant', async () => {
    const marked = await colleague({ lastName: 'Zumwinkel' });
    await aCustomerUser(product.admin, { lastName: 'Zumwinkel' });
    await colleague({ lastName: 'Zumwinkel', guest: true, password: undefined });
    const found = async (query: string) =>
      (await boss.get<Listed<CustomerUserBody>>(`${PATH}?${query}&total=true`)).body.items.map(({ id }) => id);

    expect(await found('q=zumwin')).toEqual([marked.id]);
    expect(await found('filter[lastName]=zumwinkel&sort=-createdAt')).toEqual([marked.id]);
    expect(await found(`filter[email]=${marked.email}`)).toEqual([marked.id]);
    expect(await found(`filter[roleId]=${ADMINISTRATOR}&filter[id]=${boss.person.id}`)).toEqual([boss.person.id]);
    for (const name of ['ownerId', 'salesRepresentativeId', 'guest', 'externalId', 'organizationId'])
      expect([name, (await boss.get(`${PATH}?filter[${name}]=1`)).body.errors?.[0]?.code]).toEqual([name, 'listing.unknown_filter']);
  });

  it('acts on many at once, by ids or by a filter of his own lists', async () => {
    const [one, other] = [await colleague({ lastName: 'Manifold' }), await colleague({ lastName: 'Manifold', enabled: false })];
    const bulk = (body: object, headers = {}) => boss.post<Refused & { items: { status: string }[] }>(`${PATH}/bulk`, body, headers);

    const disabled = await bulk({ action: 'disable', ids: [one.id, other.id, boss.person.id] });
    const enabled = await bulk({ action: 'enable', q: 'manifold' }, { 'idempotency-key': 'bulk' });
    const refused = await bulk({ action: 'enable', filter: { ownerId: 1 } });

    expect(disabled.body.items.map(({ status }) => status)).toEqual(['done', 'unchanged', 'skipped']);
    expect(enabled.body.items.map(({ status }) => status)).toEqual(['done', 'done']);
    expect((await bulk({ action: 'enable', q: 'manifold' }, { 'idempotency-key': 'bulk' })).body).toEqual(enabled.body);
    expect(refused.body.errors?.[0]).toMatchObject({ pointer: '/filter/ownerId', code: 'listing.unknown_filter' });
  });

  it('changes nothing with a stale If-Match', async () => {
    const { id } = await colleague();
    const stale = { 'if-match': '"7"' };
    const answers = [
      await boss.patch(`${PATH}/${id}`, { lastName: 'Lost' }, stale),
      await boss.post(`${PATH}/${id}/disable`, undefined, stale),
      await boss.delete(`${PATH}/${id}`, stale),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [412, 'precondition.stale']));
    expect(await asAdmin(id)).toMatchObject({ version: 1, enabled: true });
  });

  it('does what his roles allow and no more, which is told by the permission', async () => {
    const viewer = await aStorefrontCaller(product, { customerId, roleIds: [BUYER] });
    const levels = { 'customer_user:view': 'customer', 'customer_user:edit': 'own' } as const;
    const near = await aStorefrontCaller(product, { customerId, roleIds: [await aRoleThatAllows(product, levels)] });
    const { id } = await colleague();
    const details = async (by: StorefrontCaller) =>
      (
        await Promise.all([
          by.post(PATH, draft()),
          by.patch(`${PATH}/${id}`, { lastName: 'X' }),
          by.post(`${PATH}/${id}/reset-password`),
          by.delete(`${PATH}/${id}`),
          by.post(`${PATH}/bulk`, { action: 'delete', ids: [id] }),
        ])
      ).map(({ status, body }) => `${status} ${body.detail.replace('This needs the permission ', '')}`);

    expect((await viewer.get(`${PATH}/${id}`)).status).toBe(200);
    expect(await details(viewer)).toEqual([
      '403 customer_user:create.',
      '403 customer_user:edit.',
      '403 customer_user:edit.',
      '403 customer_user:delete.',
      '403 customer_user:delete.',
    ]);
    expect((await details(near)).slice(1, 3)).toEqual(['403 customer_user:edit.', '403 customer_user:edit.']);
  });
});
