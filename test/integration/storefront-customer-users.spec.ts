import { aConsoleUser } from '../factories/console-users.js';
import { ADMINISTRATOR, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser, anEmail, type CustomerUserBody, PASSWORD } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import { aDocument } from '../factories/documents.js';
import type { Listed } from '../support/client.js';
import { type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/customer-users';

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

  it('moves nobody whom he would not reach any more, or whose documents he may not edit', async () => {
    const { id: below } = await aCustomer(product.admin, { parentId: customerId });
    const [person, buyer] = [await colleague(), await colleague()];
    await aDocument(product.admin, { customerId, customerUserId: buyer.id });
    const levels = { 'customer:view': 'hierarchy', 'customer_user:view': 'hierarchy', 'customer_user:edit': 'customer' } as const;
    const near = await aStorefrontCaller(product, { customerId, roleIds: [await aRoleThatAllows(product, levels)] });
    const far = await aStorefrontCaller(product, {
      customerId,
      roleIds: [await aRoleThatAllows(product, { ...levels, 'customer_user:edit': 'hierarchy' })],
    });

    const beyond = await near.patch(`${PATH}/${person.id}`, { customerId: below });
    const withDocuments = await far.patch(`${PATH}/${buyer.id}`, { customerId: below });

    expect([beyond.status, beyond.body.detail]).toEqual([
      403,
      'This needs the permission customer_user:edit at a level that reaches further.',
    ]);
    expect([withDocuments.status, withDocuments.body.code]).toEqual([403, 'customer_users.move_refused']);
    expect([(await asAdmin(person.id)).customer.id, (await asAdmin(buyer.id)).customer.id]).toEqual([customerId, customerId]);
    expect((await far.patch(`${PATH}/${person.id}`, { customerId: below })).status).toBe(200);
  });

  it('does not see who was erased', async () => {
    const { id } = await colleague();
    await product.admin.post(`/admin/api/customer-users/${id}/erase`);

    expect((await boss.get(`${PATH}/${id}`)).status).toBe(404);
    expect((await boss.post(`${PATH}/${id}/enable`)).status).toBe(404);
    expect((await boss.get<Listed>(`${PATH}?filter[id]=${id}`)).body.items).toEqual([]);
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
