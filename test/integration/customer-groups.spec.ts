import type { CustomerGroupView } from '../../src/customers/index.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { created } from '../factories/created.js';
import { aCustomer, type CustomerBody } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import type { Json } from '../factories/json.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-groups';

type GroupBody = Json<CustomerGroupView>;

describe('Customer groups', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const aGroup = async (name: string, caller = admin) => created(await caller.post<GroupBody>(PATH, { name }));

  it('are created, changed, listed and deleted, and have a history of it', async () => {
    const { status, headers, body } = await admin.post<GroupBody>(PATH, { name: 'Wholesale' });
    expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${PATH}/${body.id}`]);
    const one = `${PATH}/${body.id}`;
    expect((await admin.get(one)).body).toEqual(body);

    expect((await admin.patch(one, { name: 'Retail' }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await admin.patch<GroupBody>(one, { name: 'Retail' })).body).toMatchObject({ name: 'Retail', version: 2 });
    expect((await admin.patch<GroupBody>(one, {})).body).toMatchObject({ name: 'Retail', version: 2 });
    expect((await admin.get<Listed<GroupBody>>(`${PATH}?filter[name][startsWith]=ret&sort=-name`)).body.items).toMatchObject([
      { name: 'Retail' },
    ]);

    expect((await admin.delete(one)).status).toBe(204);
    expect((await admin.get(one)).status).toBe(404);
    const history = await historyOf(product, 'customer_group', body.id);
    expect(history.map(({ action, changes }) => [action, changes])).toEqual([
      ['created', { name: { old: null, new: 'Wholesale' } }],
      ['changed', { name: { old: 'Wholesale', new: 'Retail' } }],
      ['deleted', { name: { old: 'Retail', new: null } }],
    ]);
  });

  it.each([
    [{}, 'required'],
    [{ name: null }, 'not_a_string'],
    [{ name: ' ' }, 'too_short'],
    [{ name: 'x'.repeat(256) }, 'too_long'],
  ])('are never %j', async (draft, code) => {
    const { status, body } = await admin.post(PATH, draft);

    expect([status, body.errors?.map((fault) => [fault.pointer, fault.code])]).toEqual([400, [['/name', code]]]);
  });

  it('have one name each in an organization, also when ten ask for it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => admin.post(PATH, { name: 'Race' })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const other = await aGroup('Other');
    const { status, body } = await admin.patch(`${PATH}/${other.id}`, { name: 'Race' });
    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([409, 'customer_groups.name_taken', '/name']);
  });

  it('are given to customers and taken from them, and stay while customers are in them', async () => {
    const group = await aGroup('Resellers');
    const customer = await aCustomer(admin, { groupId: group.id });
    expect(customer).toMatchObject({ groupId: group.id, group: { id: group.id, name: 'Resellers' } });

    const { status, body } = await admin.delete(`${PATH}/${group.id}`);
    expect([status, body.code]).toEqual([409, 'customer_groups.in_use']);

    const cleared = await admin.patch<CustomerBody>(`/admin/api/customers/${customer.id}`, { groupId: null });
    expect(cleared.body).toMatchObject({ groupId: null, group: null });
    expect((await admin.delete(`${PATH}/${group.id}`)).status).toBe(204);
    expect((await historyOf(product, 'customer', customer.id)).at(-1)?.changes).toEqual({ groupId: { old: group.id, new: null } });
  });

  it('of one organization are not there in another', async () => {
    const { id: organizationId } = await anOrganization(product);
    const stranger = await aConsoleCaller(product, { organizationId });
    const ours = await aGroup('Ours');
    const theirs = await aGroup('Ours', stranger);

    expect(theirs.organizationId).toBe(organizationId);
    for (const call of [stranger.get, stranger.delete]) expect((await call(`${PATH}/${ours.id}`)).status).toBe(404);
    expect((await stranger.patch(`${PATH}/${ours.id}`, { name: 'Taken' })).status).toBe(404);
    expect((await stranger.get<Listed<GroupBody>>(PATH)).body.items.map(({ id }) => id)).toEqual([theirs.id]);
    const { body } = await stranger.post('/admin/api/customers', { name: 'Acme', groupId: ours.id });
    expect(body.errors?.[0]?.code).toBe('customers.group_unknown');
  });

  it('need a permission for each act', async () => {
    const group = await aGroup('Guarded');
    const caller = await aConsoleCaller(product, { rights: { 'customer_group:view': 'organization' } });

    expect((await caller.get(`${PATH}/${group.id}`)).status).toBe(200);
    const refused = [
      await caller.post(PATH, { name: 'New' }),
      await caller.patch(`${PATH}/${group.id}`, { name: 'New' }),
      await caller.delete(`${PATH}/${group.id}`),
    ];
    expect(refused.map(({ status, body }) => [status, body.detail])).toEqual(
      ['create', 'edit', 'delete'].map((act) => [403, `This needs the permission customer_group:${act}.`]),
    );
  });
});
