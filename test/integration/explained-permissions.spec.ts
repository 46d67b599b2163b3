import type { EffectivePermissionsView, ExplanationView } from '../../src/customer-users/roles/effective-permissions.dto.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { ADMINISTRATOR, aRole, BUYER } from '../factories/customer-user-roles.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import type { Json } from '../factories/json.js';
import { anOrganization } from '../factories/organizations.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

describe('What a customer user may do', () => {
  let product: Product;
  let admin: Caller;
  const customers: Record<string, number> = {};
  const people: Record<string, number> = {};
  let reader: number;
  let editor: number;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
    let parentId: number | null = null;
    for (const name of ['top', 'middle', 'below', 'deep']) {
      customers[name] = (await aCustomer(admin, { name, parentId })).id;
      parentId = customers[name];
    }
    customers['aside'] = (await aCustomer(admin, { name: 'aside', parentId: customers['top'] })).id;
    for (const [name, customerId] of Object.entries(customers)) people[name] = (await aCustomerUser(admin, { customerId })).id;
    const customerId = customers['middle'];
    people['colleague'] = (await aCustomerUser(admin, { customerId })).id;
    people['guest'] = (await aCustomerUser(admin, { customerId, guest: true, password: undefined })).id;
    const { id: organizationId } = await anOrganization(product);
    people['stranger'] = (await aCustomerUser(await aConsoleCaller(product, { organizationId }))).id;
    reader = await aRole(product, { label: 'Reader', permissions: { customer_user: { view: 'hierarchy' }, order: { view: 'own' } } });
    editor = await aRole(product, {
      ...{ label: 'Editor', capabilities: { update_own_profile: true } },
      permissions: { customer_user: { view: 'own', edit: 'customer' } },
    });
    await admin.patch(`/admin/api/customer-users/${people['middle']}`, { roleIds: [reader, editor] });
  });
  afterAll(() => product.close());

  const ask = (query = '', id = people['middle'], caller = admin) =>
    caller.get<Json<EffectivePermissionsView> & Refused>(`/admin/api/customer-users/${id}/permissions${query}`);
  const explain = async (query: string, id = people['middle']) =>
    (await ask(`?explain=${query}`, id)).body.explanation as Json<ExplanationView>;
  const role = (id: number, level: string | boolean) => expect.objectContaining({ id, level }) as object;

  it('is what all of his roles together allow', async () => {
    const { status, body } = await ask();

    expect(status).toBe(200);
    expect(body.permissions['customer_user']).toEqual({
      view: 'hierarchy',
      create: 'none',
      edit: 'customer',
      delete: 'none',
      assign: 'none',
    });
    expect([body.permissions['order']?.['view'], body.permissions['quote']?.['view']]).toEqual(['own', 'none']);
    expect(body.capabilities).toMatchObject({ update_own_profile: true });
    expect([body.roles.map(({ id }) => id), body.obstacle, body.explanation]).toEqual([[reader, editor], null, null]);
  });

  it('is told together with what keeps him from all of it', async () => {
    const customer = { customerId: customers['middle'] };
    const obstacles = [];
    for (const draft of [{ enabled: false }, { confirmed: false }, { guest: true, password: undefined }])
      obstacles.push((await ask('', (await aCustomerUser(admin, { ...customer, ...draft })).id)).body.obstacle);
    const { id } = await aCustomerUser(admin, customer);
    await admin.post(`/admin/api/customer-users/${id}/reset-password`);

    expect([...obstacles, (await ask('', id)).body.obstacle]).toEqual(['disabled', 'unconfirmed', 'guest', 'password_reset']);
  });

  describe('is explained', () => {
    it('by the roles that give it, the furthest first', async () => {
      expect(await explain('customer_user:view')).toEqual({
        ...{ permission: 'customer_user:view', granted: true, level: 'hierarchy', target: null, rule: null, missing: null },
        roles: [role(reader, 'hierarchy'), role(editor, 'own')],
      });
      expect(await explain('update_own_profile')).toMatchObject({ granted: true, level: true, roles: [role(editor, true)], missing: null });
    });

    it.each([
      ['self', 'middle', ['middle']],
      ['same_customer', 'colleague', ['middle']],
      ['below', 'below', ['middle', 'below']],
      ['below', 'deep', ['middle', 'below', 'deep']],
    ])('as reaching %s: %s, over the path %j', async (relation, target, path) => {
      const { granted, target: explained } = await explain(`customer_user:view&customerUserId=${people[target]}`);

      expect([granted, explained?.relation, explained?.path.map(({ name }) => name)]).toEqual([true, relation, path]);
    });

    it.each([
      ['above', 'top', 'out_of_reach', ['middle', 'top']],
      ['other_tree', 'aside', 'out_of_reach', []],
      ['other_organization', 'stranger', 'out_of_reach', []],
      ['same_customer', 'guest', 'guest', ['middle']],
    ])('as never reaching %s: %s, by the rule %s', async (relation, target, rule, path) => {
      const explained = await explain(`customer_user:view&customerUserId=${people[target]}`);

      expect(explained).toMatchObject({ granted: false, rule, missing: null, target: { relation, customerUserId: people[target] } });
      expect(explained.target?.path.map(({ name }) => name)).toEqual(path);
    });

    it('as nobody acting on himself', async () => {
      expect(await explain(`customer_user:edit&customerUserId=${people['middle']}`)).toMatchObject({ granted: false, rule: 'self' });
    });

    it('by the level that is missing, and the roles that would give it', async () => {
      const missing = (await explain(`customer_user:edit&customerUserId=${people['deep']}`)).missing;
      expect(missing).toMatchObject({ permission: 'customer_user:edit', level: 'hierarchy', roles: [role(ADMINISTRATOR, 'hierarchy')] });
      expect(await explain(`customer_user:edit&customerUserId=${people['colleague']}`)).toMatchObject({
        ...{ granted: true, roles: [role(editor, 'customer')], missing: null },
      });
      expect(await explain('quote:view')).toMatchObject({
        ...{ granted: false, level: 'none', roles: [] },
        missing: { level: 'own', roles: [role(BUYER, 'own'), role(ADMINISTRATOR, 'hierarchy')] },
      });
      const { explanation } = (await ask('?explain=update_own_profile', (await aCustomerUser(admin, { roleIds: [reader] })).id)).body;
      expect(explanation).toMatchObject({ granted: false, level: false, missing: { level: true, roles: expect.any(Array) as object } });
    });

    it('for a customer as well, by the levels that its entity offers', async () => {
      expect(await explain(`customer:view&customerId=${customers['middle']}`)).toMatchObject({
        ...{ granted: false, target: { relation: 'same_customer', customerUserId: null }, missing: { level: 'customer' } },
      });
      expect((await explain(`customer:view&customerId=${customers['below']}`)).missing?.level).toBe('hierarchy');
      expect(await explain(`order:view&customerUserId=${people['middle']}`)).toMatchObject({ granted: true, target: { relation: 'self' } });
    });
  });

  it('is refused for what is not there, by parameter', async () => {
    const queries = [
      ...['?explain=unicorn:view', '?explain=customer_user:fly', '?explain=user:view', '?explain=import', '?explain='],
      ...['?explain=customer_user:view&customerUserId=999999', '?explain=customer_user:view&customerId=999999'],
      `?explain=customer_user:view&customerUserId=${people['top']}&customerId=${customers['top']}`,
      ...[`?customerUserId=${people['top']}`, '?explain=customer_user:view&customerUserId=x', '?surprise=1'],
    ];
    const answers = [];
    for (const query of queries) answers.push(await ask(query));

    expect(answers.map(({ status, body }) => [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)])).toEqual([
      ...Array.from({ length: 5 }, () => [400, 'explain permissions.unknown_permission']),
      ...[
        [400, 'customerUserId customer_users.target_unknown'],
        [400, 'customerId customer_users.target_unknown'],
        [400, 'customerId two_targets'],
      ],
      [400, 'explain required'],
      ...[expect.arrayContaining([400]), expect.arrayContaining([400])],
    ]);
  });

  it('is told to those who see him', async () => {
    const { id: organizationId } = await anOrganization(product);

    expect((await ask('', people['middle'], await aConsoleCaller(product, { organizationId }))).status).toBe(404);
    expect((await ask('', people['middle'], await aConsoleCaller(product, { rights: {} }))).status).toBe(403);
    expect((await ask('', 999_999)).status).toBe(404);
  });
});
