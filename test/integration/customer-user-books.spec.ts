import { type AddressBody, anAddress, anAddressDraft } from '../factories/addresses.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser, aDraft, type CustomerUserBody } from '../factories/customer-users.js';
import { historyOf } from '../factories/history.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, type Refused, startProduct } from '../support/product.js';

const PATH = '/admin/api/customer-users';

describe('The address book in a customer user', () => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const patch = (id: number, body: object, caller = admin) => caller.patch<CustomerUserBody & Refused>(`${PATH}/${id}`, body);
  const faults = ({ errors = [] }: Refused) => errors.map(({ pointer, code }) => `${pointer} ${code}`).sort();
  const labels = ({ addresses }: CustomerUserBody) => addresses.map(({ label, primary }) => `${label}${primary ? ' primary' : ''}`);

  it('is created with him, and read with him', async () => {
    const addresses = [
      anAddressDraft({ label: 'A', types: [{ type: 'billing', default: true }] }),
      anAddressDraft({ label: 'B', primary: true }),
    ];

    const person = await aCustomerUser(admin, { addresses });

    expect(labels(person)).toEqual(['A', 'B primary']);
    expect(person.addresses[0]).toEqual({
      id: expect.any(Number) as number,
      ...{ label: 'A', namePrefix: null, firstName: null, middleName: null, lastName: null, nameSuffix: null },
      ...{ company: 'Acme Industrial', street: '1215 Caldwell Road', street2: null, city: 'Rochester', postalCode: '14608' },
      ...{ countryCode: 'US', regionCode: 'US-NY', regionText: null, phone: null, primary: false },
      types: [{ type: 'billing', default: true }],
    });
    expect((await admin.get<CustomerUserBody>(`${PATH}/${person.id}`)).body.addresses).toEqual(person.addresses);
    const listed = await admin.get<Listed<CustomerUserBody>>(`${PATH}?filter[id]=${person.id}`);
    expect(listed.body.items[0]?.addresses).toEqual(person.addresses);
    expect((await aCustomerUser(admin)).addresses).toEqual([]);
  });

  it('is created with him or not at all: his faults and those of his addresses come in one answer', async () => {
    const addresses = [
      anAddressDraft(),
      anAddressDraft({ label: 'x'.repeat(256), company: null, street: null, regionCode: 'US-XX' }),
      { id: 1 },
    ];

    const { status, body } = await admin.post(PATH, aDraft({ email: 'nonsense', customerId: 999_999, phone: '1', addresses }));

    expect(status).toBe(400);
    expect(faults(body)).toEqual([
      '/addresses/1/company addresses.name_or_company_required',
      '/addresses/1/label too_long',
      '/addresses/1/regionCode addresses.region_unknown',
      '/addresses/1/street required',
      '/addresses/2/id addresses.unknown',
      '/customerId customer_users.customer_unknown',
      '/email not_an_email',
      '/phone phone',
    ]);
  });

  it('becomes what is given: with an id edited, without one new, left out removed', async () => {
    const { id, addresses, version } = await aCustomerUser(admin, {
      addresses: [anAddressDraft({ label: 'A' }), anAddressDraft({ label: 'B' }), anAddressDraft({ label: 'C' })],
    });
    const [, b, c] = addresses;

    const { body } = await patch(id, { addresses: [{ ...c, label: 'C2', primary: false }, { id: b?.id }, anAddressDraft({ label: 'D' })] });

    expect(labels(body)).toEqual(['B primary', 'C2', 'D']);
    expect(body.addresses.slice(0, 2).map((address) => address.id)).toEqual([b?.id, c?.id]);
    expect(body.version).toBe(version + 1);
    expect((await patch(id, { firstName: 'Other' })).body.addresses).toEqual(body.addresses);
    expect((await patch(id, { addresses: body.addresses })).body.version).toBe(version + 2);
    expect((await patch(id, { addresses: [] })).body.addresses).toEqual([]);
  });

  it('takes a new primary address and new defaults from the old ones', async () => {
    const { id, addresses } = await aCustomerUser(admin, {
      addresses: [anAddressDraft({ label: 'A', types: [{ type: 'billing', default: true }] }), anAddressDraft({ label: 'B' })],
    });
    const [a, b] = addresses;

    const { body } = await patch(id, {
      addresses: [{ id: a?.id }, { id: b?.id, primary: true, types: [{ type: 'billing', default: true }] }],
    });

    expect(labels(body)).toEqual(['A', 'B primary']);
    expect(body.addresses.map(({ types }) => types)).toEqual([[{ type: 'billing', default: false }], [{ type: 'billing', default: true }]]);
    const swapped = body.addresses.map((address) => ({ ...address, primary: !address.primary }));
    expect(labels((await patch(id, { addresses: swapped })).body)).toEqual(['A primary', 'B']);
  });

  it('is refused with two primaries, two defaults, no primary, foreign or repeated ids', async () => {
    const other = await aCustomerUser(admin, { addresses: [anAddressDraft()] });
    const { id, addresses } = await aCustomerUser(admin, { addresses: [anAddressDraft({ label: 'A' })] });
    const [a] = addresses;
    const [foreign] = other.addresses;
    const billing = { types: [{ type: 'shipping' }, { type: 'billing', default: true }] };
    const refused = async (entries: object[]) => {
      const { status, body } = await patch(id, { addresses: entries });
      return [status, ...faults(body)];
    };

    expect(await refused([{ id: a?.id, primary: true }, anAddressDraft({ primary: true })])).toEqual([
      400,
      '/addresses/1/primary addresses.two_primaries',
    ]);
    expect(await refused([anAddressDraft(billing), anAddressDraft(billing)])).toEqual([
      400,
      '/addresses/1/types/1/default addresses.two_defaults',
    ]);
    expect(await refused([{ id: a?.id, primary: false }])).toEqual([400, '/addresses/0/primary addresses.primary_required']);
    expect(await refused([{ id: foreign?.id }])).toEqual([400, '/addresses/0/id addresses.unknown']);
    expect(await refused([{ id: a?.id }, { id: a?.id }])).toEqual([400, '/addresses/1/id addresses.repeated']);
    expect(await refused([{ id: a?.id, street: null }, {}])).toEqual([
      400,
      '/addresses/0/street required',
      '/addresses/1/city required',
      '/addresses/1/company addresses.name_or_company_required',
      '/addresses/1/countryCode required',
      '/addresses/1/postalCode required',
      '/addresses/1/street required',
    ]);
    expect((await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body.addresses).toEqual(addresses);
    expect((await admin.get<CustomerUserBody>(`${PATH}/${other.id}`)).body.addresses).toEqual(other.addresses);
  });

  it('has one version with him: who read him before an address changed is told', async () => {
    const { id, version } = await aCustomerUser(admin);
    await anAddress(admin, `${PATH}/${id}/addresses`);

    const stale = await admin.patch(`${PATH}/${id}`, { addresses: [] }, { 'if-match': `"${version}"` });

    expect([stale.status, (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body.version]).toEqual([412, version + 1]);
  });

  it('has one primary address also when whole books are written at once', async () => {
    const { id } = await aCustomerUser(admin, { addresses: [anAddressDraft(), anAddressDraft()] });

    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => patch(id, { addresses: [anAddressDraft({ primary: true }), anAddressDraft()] })),
      ...Array.from({ length: 6 }, () => admin.post<AddressBody>(`${PATH}/${id}/addresses`, anAddressDraft({ primary: true }))),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(6).fill(200), ...Array<number>(6).fill(201)]);
    const { addresses } = (await admin.get<CustomerUserBody>(`${PATH}/${id}`)).body;
    expect(addresses.filter(({ primary }) => primary)).toHaveLength(1);
  });

  it('is written and shown as far as the permission for addresses reaches', async () => {
    const rights = {
      'customer_user:view': 'organization',
      'customer_user:edit': 'organization',
      'customer_user:create': 'organization',
    } as const;
    const blind = await aConsoleCaller(product, { rights: { ...rights, 'customer:create': 'organization' } });
    const reader = await aConsoleCaller(product, { rights: { ...rights, 'customer_user_address:view': 'organization' } });
    const { id, addresses } = await aCustomerUser(admin, { addresses: [anAddressDraft()] });
    const seen = async (caller: Caller) => (await caller.get<CustomerUserBody>(`${PATH}/${id}`)).body.addresses;

    expect([await seen(blind), await seen(reader)]).toEqual([[], addresses]);
    expect((await patch(id, { addresses }, reader)).status).toBe(200);
    const refused = [
      await patch(id, { addresses: [...addresses, anAddressDraft()] }, reader),
      await patch(id, { addresses: [{ ...addresses[0], label: 'x' }] }, reader),
      await patch(id, { addresses: [] }, reader),
      await blind.post<Refused>(PATH, aDraft({ addresses: [anAddressDraft()] })),
    ];
    expect(refused.map(({ status, body }) => [status, body.detail])).toEqual(
      ['create', 'edit', 'delete', 'create'].map((act) => [403, `This needs the permission customer_user_address:${act}.`]),
    );
  });

  it('shows in his history what was done to it', async () => {
    const { id, addresses } = await aCustomerUser(admin, { addresses: [anAddressDraft({ label: 'A' }), anAddressDraft({ label: 'B' })] });
    await patch(id, { addresses: [{ id: addresses[0]?.id, label: 'A2' }] });

    const entries = await historyOf(product, 'customer_user', id);

    expect(entries.map(({ action }) => action)).toEqual(['created', 'changed', 'changed']);
    expect(entries.map(({ changes }) => changes['addresses'])).toMatchObject([
      undefined,
      { old: [], new: [{ label: 'A' }, { label: 'B' }] },
      { old: [{ label: 'A' }, { label: 'B' }], new: [{ label: 'A2' }] },
    ]);
  });

  it('is told of in his history to those alone who may see addresses', async () => {
    const { id } = await aCustomerUser(admin, { addresses: [anAddressDraft()] });
    const rights = { 'customer_user:view': 'organization' } as const;
    const blind = await aConsoleCaller(product, { rights });
    const reader = await aConsoleCaller(product, { rights: { ...rights, 'customer_user_address:view': 'organization' } });
    const told = async (caller: Caller) =>
      (await caller.get<Listed<{ changes: object }>>(`${PATH}/${id}/history?limit=1`)).body.items.map(({ changes }) =>
        Object.keys(changes),
      );

    expect([await told(blind), await told(reader)]).toEqual([[[]], [['addresses']]]);
  });
});
