import type { StorefrontCustomerView } from '../../src/customers/storefront-customers.dto.js';
import { aConsoleUser } from '../factories/console-users.js';
import { aCustomField } from '../factories/custom-fields.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { aRoleThatAllows, aStorefrontCaller, type StorefrontCaller } from '../factories/storefront.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/api/customers';

type Body = Json<StorefrontCustomerView> & Refused;

describe('A storefront admin', () => {
  let product: Product;
  let boss: StorefrontCaller;
  let own: CustomerBody;
  let top: CustomerBody;
  let representativeId: number;

  beforeAll(async () => {
    product = await startProduct();
    representativeId = (await aConsoleUser(product)).id;
    const responsible = { ownerId: representativeId, salesRepresentativeIds: [representativeId] };
    top = await aCustomer(product.admin, { name: 'Holding' });
    own = await aCustomer(product.admin, { name: 'Own', parentId: top.id, internalRating: 2, externalId: 'ERP-7', ...responsible });
    boss = await aStorefrontCaller(product, { customerId: own.id });
  });
  afterAll(() => product.close());

  const create = (members: object = {}, by: Caller = boss, headers = {}) =>
    by.post<Body>(PATH, { name: 'Subsidiary', ...members }, headers);

  it('sees of his customer what is not the merchant’s', async () => {
    const { body, headers } = await boss.get(`${PATH}/${own.id}`);

    const { id, name, createdAt, updatedAt, version } = own;
    expect([body, headers.get('etag')]).toEqual([{ id, name, parentId: null, parent: null, createdAt, updatedAt, version }, '"1"']);
  });

  it('makes a subsidiary, for which those are responsible who are for his customer', async () => {
    const field = await aCustomField(product.admin, { entity: 'customer', required: true });
    const { status, headers, body } = await create();
    const made = (await product.admin.get<CustomerBody>(`/admin/api/customers/${body.id}`)).body;

    expect([status, headers.get('location'), body.parentId, body.parent]).toEqual([
      201,
      `${PATH}/${body.id}`,
      own.id,
      { id: own.id, name: 'Own' },
    ]);
    expect(made).toMatchObject({ ownerId: representativeId, salesRepresentativeIds: [representativeId], internalRating: null });
    expect(await historyOf(product, 'customer', body.id)).toMatchObject([{ action: 'created', actorType: 'customer-user' }]);
    expect((await create({ parentId: body.id })).body.parentId).toBe(body.id);
    await product.admin.delete(`/admin/api/custom-fields/${field.id}`);
  });

  it.each(['ownerId', 'salesRepresentativeIds', 'groupId', 'internalRating', 'externalId', 'customFields', 'organizationId'])(
    'never sets %s',
    async (member) => {
      for (const { status, body } of [await create({ [member]: null }), await boss.patch<Body>(`${PATH}/${own.id}`, { [member]: null })])
        expect([status, body.errors?.map(({ pointer, code }) => [pointer, code])]).toEqual([400, [[`/${member}`, 'unknown_member']]]);
      const filter = await boss.get(`${PATH}?filter[${member}]=1`);
      expect(filter.body.errors?.[0]?.code).toBe('listing.unknown_filter');
    },
  );

  it('takes neither his customer nor one below out of the tree', async () => {
    const { id } = (await create()).body;
    const strange = await aCustomer(product.admin);
    const faultOf = async (customerId: number, parentId: number | null) =>
      (await boss.patch<Body>(`${PATH}/${customerId}`, { parentId })).body.errors?.[0]?.code;

    for (const parentId of [id, top.id, own.id, strange.id]) expect(await faultOf(own.id, parentId)).toBe('customers.own_customer_moved');
    expect(await faultOf(id, strange.id)).toBe('customers.parent_unknown');
    expect(await faultOf(id, null)).toBe('not_an_integer');
    expect(await faultOf(id, id)).toBe('customers.parent_cycle');
    expect((await create({ parentId: strange.id })).body.errors?.[0]?.code).toBe('customers.parent_unknown');
  });

  it('renames, moves within his tree, and deletes what is not used', async () => {
    const [one, other] = [(await create({ name: 'One' })).body, (await create({ name: 'Other' })).body];

    expect((await boss.patch<Body>(`${PATH}/${one.id}`, { name: 'Renamed', parentId: other.id })).body).toMatchObject({
      name: 'Renamed',
      parentId: other.id,
      version: 2,
    });
    expect((await boss.delete(`${PATH}/${other.id}`)).body.code).toBe('customers.in_use');
    expect((await boss.delete(`${PATH}/${one.id}`, { 'if-match': '"1"' })).status).toBe(412);
    expect((await boss.delete(`${PATH}/${one.id}`, { 'if-match': '"2"' })).status).toBe(204);
    expect((await boss.delete(`${PATH}/${own.id}`)).body.code).toBe('customers.in_use');
  });

  it('lists and reads the tree from his customer down', async () => {
    const { id } = (await create({ name: 'Zebra' })).body;
    const tree = await boss.get<{ id: number; parentId: null; children: { id: number }[] }>(`${PATH}/${own.id}/tree?depth=1`);

    expect((await boss.get<Listed<Body>>(`${PATH}?filter[name][startsWith]=Zeb&total=true`)).body).toMatchObject({
      items: [{ id }],
      page: { total: 1 },
    });
    expect(tree.body.children.map((node) => node.id)).toContain(id);
    expect(tree.body).toMatchObject({ id: own.id, parentId: null });
  });

  it('makes one subsidiary for one Idempotency-Key', async () => {
    const [one, again] = [await create({}, boss, { 'idempotency-key': 'sub' }), await create({}, boss, { 'idempotency-key': 'sub' })];

    expect(again.body).toEqual(one.body);
  });

  it('at the level of his customer alone makes none, for he would not reach it', async () => {
    const levels = { 'customer:view': 'hierarchy', 'customer:create': 'customer', 'customer:edit': 'customer' } as const;
    const by = await aStorefrontCaller(product, { customerId: own.id, roleIds: [await aRoleThatAllows(product, levels)] });
    const { id } = (await create()).body;

    expect((await create({}, by)).body.detail).toBe('This needs the permission customer:create at a level that reaches further.');
    expect((await by.patch(`${PATH}/${id}`, { name: 'X' })).status).toBe(403);
    expect((await by.patch(`${PATH}/${own.id}`, { name: 'Own again' })).status).toBe(200);
    expect((await by.delete(`${PATH}/${id}`)).status).toBe(403);
  });
});
