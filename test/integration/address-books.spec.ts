import { type AddressBody, anAddress, anAddressDraft } from '../factories/addresses.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { historyOf } from '../factories/history.js';
import { anOrganization } from '../factories/organizations.js';
import type { Listed } from '../support/client.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

const BOOKS = [
  { owners: 'customers', entity: 'customer', permission: 'customer_address', anOwner: (caller: Caller) => aCustomer(caller) },
  {
    owners: 'customer-users',
    entity: 'customer_user',
    permission: 'customer_user_address',
    anOwner: (caller: Caller) => aCustomerUser(caller),
  },
] as const;

describe.each(BOOKS)('The address books of $owners', ({ owners, entity, permission, anOwner }) => {
  let product: Product;
  let admin: Caller;

  beforeAll(async () => {
    product = await startProduct();
    admin = product.admin;
  });
  afterAll(() => product.close());

  const bookOf = (id: number) => `/admin/api/${owners}/${id}/addresses`;
  const aBook = async (caller = admin) => bookOf((await anOwner(caller)).id);
  const read = async (book: string) => (await admin.get<Listed<AddressBody>>(book)).body.items;
  const codes = ({ status, body }: { status: number; body: { errors?: { pointer: string; code: string }[] } }) => [
    status,
    ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort(),
  ];

  it('keep every member of an address', async () => {
    const book = await aBook();
    const draft = {
      ...{ label: 'Plant', namePrefix: 'Ms.', firstName: 'Amanda', middleName: 'M.', lastName: 'Cole', nameSuffix: 'Jr.' },
      ...{ company: 'Acme', street: 'x'.repeat(500), street2: 'y'.repeat(500), city: 'Hong Kong', postalCode: '999077' },
      ...{ countryCode: 'HK', regionCode: null, regionText: 'Kowloon', phone: '+49 30 1234567', primary: true },
      types: [
        { type: 'billing', default: true },
        { type: 'shipping', default: false },
      ],
    };

    const { status, headers, body } = await admin.post<AddressBody>(book, draft);

    expect([status, headers.get('etag'), headers.get('location')]).toEqual([201, '"1"', `${book}/${body.id}`]);
    expect(body).toMatchObject({ ...draft, phone: '+49301234567', version: 1 });
    expect((await admin.get(`${book}/${body.id}`)).body).toEqual(body);
  });

  it('tell every broken rule of an address at once, those of its form among them', async () => {
    const book = await aBook();

    expect(codes(await admin.post(book, {}))).toEqual([
      400,
      '/city required',
      '/company addresses.name_or_company_required',
      '/countryCode required',
      '/postalCode required',
      '/street required',
    ]);
    const wrong = { label: 'x'.repeat(256), firstName: 'Amanda', street: 'x'.repeat(501), city: null, postalCode: 5, countryCode: 'US' };
    expect(codes(await admin.post(book, { ...wrong, regionText: 'Ohio', phone: '1', types: [{ type: 'home' }], id: 1 }))).toEqual([
      400,
      '/city required',
      '/company addresses.name_or_company_required',
      '/id unknown_member',
      '/label too_long',
      '/phone phone',
      '/postalCode not_a_string',
      '/regionCode addresses.region_required',
      '/regionText addresses.region_text_refused',
      '/street too_long',
      '/types/0/type not_one_of',
    ]);
    expect(await read(book)).toEqual([]);
  });

  it.each([
    [{ countryCode: 'ZZ' }, '/countryCode addresses.country_unknown'],
    [{ countryCode: 'us' }, '/countryCode addresses.country_unknown'],
    [{ countryCode: 'constructor' }, '/countryCode addresses.country_unknown'],
    [{ regionCode: null }, '/regionCode addresses.region_required'],
    [{ regionCode: 'DE-BY' }, '/regionCode addresses.region_unknown'],
    [{ regionCode: 'NY' }, '/regionCode addresses.region_unknown'],
    [{ countryCode: 'HK' }, '/regionCode addresses.region_unknown'],
    [{ company: null, firstName: 'Amanda' }, '/company addresses.name_or_company_required'],
    [{ types: [{ type: 'billing' }, { type: 'billing' }] }, '/types repeated'],
    [{ types: [null] }, '/types/0 not_an_object'],
    [{ types: null }, '/types not_an_array'],
    [{ primary: null }, '/primary not_a_boolean'],
    [{ customerId: 1 }, '/customerId unknown_member'],
    [{ customerUserId: 1 }, '/customerUserId unknown_member'],
  ])('refuse an address with %j', async (wrong, fault) => {
    expect(codes(await admin.post(await aBook(), anAddressDraft(wrong)))).toEqual([400, fault]);
  });

  it('hold a changed address to the same rules, together with what stays of it', async () => {
    const book = await aBook();
    const one = `${book}/${(await anAddress(admin, book, { firstName: 'Amanda' })).id}`;

    expect(codes(await admin.patch(one, { company: null, street: null }))).toEqual([
      400,
      '/company addresses.name_or_company_required',
      '/street required',
    ]);
    expect(codes(await admin.patch(one, { countryCode: 'CA' }))).toEqual([400, '/regionCode addresses.region_unknown']);
    const { status, body } = await admin.patch<AddressBody>(one, { countryCode: 'CA', regionCode: 'CA-ON', label: 'Canada' });
    expect([status, body]).toMatchObject([
      200,
      { countryCode: 'CA', street: '1215 Caldwell Road', company: 'Acme Industrial', version: 2 },
    ]);
    expect((await admin.patch(one, { label: 'Stale' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin.delete(one, { 'if-match': '"1"' })).status).toBe(412);
    expect((await admin.patch<AddressBody>(one, { label: 'Canada' })).body.version).toBe(2);
  });

  it('have one primary address, and at most one default of each type', async () => {
    const book = await aBook();
    const summary = async () =>
      (await read(book)).map(({ label, primary, types }) =>
        [label, primary ? 'primary' : '', ...types.map((use) => (use.default ? use.type.toUpperCase() : use.type))]
          .filter(Boolean)
          .join(' '),
      );
    const first = await anAddress(admin, book, { label: 'A', primary: false, types: [{ type: 'billing', default: true }] });
    expect(await summary()).toEqual(['A primary BILLING']);

    const second = await anAddress(admin, book, { label: 'B', types: [{ type: 'shipping', default: true }, { type: 'billing' }] });
    expect(await summary()).toEqual(['A primary BILLING', 'B billing SHIPPING']);

    const third = await anAddress(admin, book, { label: 'C', primary: true, types: [{ type: 'billing', default: true }] });
    expect(await summary()).toEqual(['A billing', 'B billing SHIPPING', 'C primary BILLING']);

    expect(codes(await admin.patch(`${book}/${third.id}`, { primary: false }))).toEqual([400, '/primary addresses.primary_required']);
    await admin.patch(`${book}/${second.id}`, { primary: true, types: [{ type: 'billing', default: true }] });
    expect(await summary()).toEqual(['A billing', 'B primary BILLING', 'C billing']);

    expect((await admin.delete(`${book}/${second.id}`)).status).toBe(204);
    expect(await summary()).toEqual(['A primary billing', 'C billing']);
    for (const { id } of [first, third]) await admin.delete(`${book}/${id}`);
    expect(await summary()).toEqual([]);
  });

  it('have one primary address also when many write at once', async () => {
    const book = await aBook();
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        admin.post<AddressBody>(book, anAddressDraft({ primary: n % 2 === 0, types: [{ type: 'billing', default: true }] })),
      ),
    );
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
    await Promise.all(
      made.map(({ body: { id } }, n) => (n % 3 === 0 ? admin.delete(`${book}/${id}`) : admin.patch(`${book}/${id}`, { primary: true }))),
    );

    const addresses = await read(book);
    expect(addresses).toHaveLength(8);
    expect(addresses.filter(({ primary }) => primary)).toHaveLength(1);
    expect(addresses.filter(({ types }) => types[0]?.default).length).toBeLessThanOrEqual(1);
  });

  it('are listed by country, region, type and more', async () => {
    const book = await aBook();
    await anAddress(admin, book, { label: 'New York', types: [{ type: 'billing' }] });
    await anAddress(admin, book, {
      label: 'Ohio',
      regionCode: 'US-OH',
      city: 'Columbus',
      types: [{ type: 'shipping' }, { type: 'billing' }],
    });
    await anAddress(admin, book, { label: 'Berlin', countryCode: 'DE', regionCode: 'DE-BE', postalCode: '10115', city: 'Berlin' });
    const labels = async (query: string) => (await read(`${book}?${query}`)).map(({ label }) => label);

    expect(await labels('filter[countryCode]=DE')).toEqual(['Berlin']);
    expect(await labels('filter[regionCode][in]=US-NY,US-OH&sort=-city')).toEqual(['New York', 'Ohio']);
    expect(await labels('filter[type]=billing')).toEqual(['New York', 'Ohio']);
    expect(await labels('filter[type]=shipping')).toEqual(['Ohio']);
    expect(await labels('filter[type][ne]=billing')).toEqual(['Berlin']);
    expect(await labels('filter[primary]=true')).toEqual(['New York']);
    expect(await labels('filter[postalCode][startsWith]=101')).toEqual(['Berlin']);
    expect(await labels('filter[city][contains]=LUM&filter[type][in]=billing,shipping')).toEqual(['Ohio']);
    expect((await admin.get(`${book}?filter[type]=home`)).status).toBe(400);
  });

  it('never lend an address to another book', async () => {
    const [book, other] = [await aBook(), await aBook()];
    const { id } = await anAddress(admin, book);

    for (const path of [`${other}/${id}`, `${book}/999999`, `${book}/x`]) {
      expect([(await admin.get(path)).status, (await admin.patch(path, { label: 'Taken' })).status]).toEqual([404, 404]);
      expect((await admin.delete(path)).status).toBe(404);
    }
    expect((await admin.get(bookOf(999_999))).status).toBe(404);
    expect((await admin.post(bookOf(999_999), anAddressDraft())).status).toBe(404);
  });

  it('are not there for those of another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const stranger = await aConsoleCaller(product, { organizationId });
    const book = await aBook();
    const { id } = await anAddress(admin, book);

    expect((await stranger.post(book, anAddressDraft())).status).toBe(404);
    for (const path of [book, `${book}/${id}`]) expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.patch(`${book}/${id}`, { label: 'Taken' })).status).toBe(404);
    expect((await stranger.delete(`${book}/${id}`)).status).toBe(404);
  });

  it('are open as far as the permission for them reaches, and no further', async () => {
    const all = { [`${entity}:view`]: 'organization' } as const;
    const reader = await aConsoleCaller(product, { rights: { ...all, [`${permission}:view`]: 'organization' } });
    const limited = await aConsoleCaller(product, { rights: { ...all, [`${permission}:view`]: 'own', [`${permission}:edit`]: 'own' } });
    const book = await aBook();
    const one = `${book}/${(await anAddress(admin, book)).id}`;

    expect((await reader.get(one)).status).toBe(200);
    const refused = [await reader.post(book, anAddressDraft()), await reader.patch(one, { label: 'x' }), await reader.delete(one)];
    expect(refused.map(({ body }) => body.detail)).toEqual(
      ['create', 'edit', 'delete'].map((act) => `This needs the permission ${permission}:${act}.`),
    );
    expect([(await limited.get(book)).status, (await limited.patch(one, { label: 'x' })).status]).toEqual([403, 403]);
  });

  it('have their changes in the history of their owner', async () => {
    const { id } = await anOwner(admin);
    const address = await anAddress(admin, bookOf(id), { label: 'Old' });
    await admin.patch(`${bookOf(id)}/${address.id}`, { label: 'New' });
    await admin.delete(`${bookOf(id)}/${address.id}`);

    const entries = (await historyOf(product, entity, id)).slice(1);
    const old = { id: address.id, label: 'Old', street: '1215 Caldwell Road', primary: true };
    expect(entries.map(({ action, actorId, changes }) => [action, actorId, changes['addresses']])).toMatchObject([
      ['changed', 1, { old: [], new: [old] }],
      ['changed', 1, { old: [old], new: [{ ...old, label: 'New' }] }],
      ['changed', 1, { old: [{ ...old, label: 'New' }], new: [] }],
    ]);
  });

  it('go with their owner', async () => {
    const { id } = await anOwner(admin);
    await anAddress(admin, bookOf(id));

    expect((await admin.delete(`/admin/api/${owners}/${id}`)).status).toBe(204);
    expect((await admin.get(bookOf(id))).status).toBe(404);
  });
});

describe('Countries', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  interface Places {
    items: { code: string; name: string }[];
  }

  it('are offered with their regions, by name, to whoever is logged in', async () => {
    const { body } = await product.admin.get<Places>('/admin/api/countries');
    expect(body.items).toHaveLength(249);
    expect(body.items[0]).toEqual({ code: 'AF', name: 'Afghanistan' });

    const regions = (await product.admin.get<Places>('/admin/api/countries/US/regions')).body.items;
    expect(regions).toContainEqual({ code: 'US-NY', name: 'New York' });
    expect((await product.admin.get<Places>('/admin/api/countries/HK/regions')).body.items).toEqual([]);
    for (const code of ['ZZ', 'us', '1', '__proto__'])
      expect((await product.admin.get(`/admin/api/countries/${code}/regions`)).status).toBe(404);
    expect((await product.nobody.get('/admin/api/countries')).status).toBe(401);
  });
});
