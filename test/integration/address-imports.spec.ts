import { Address } from '../../src/customers/addresses/address.entity.js';
import { anAddress } from '../factories/addresses.js';
import { aFileOf, type Cells, ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

const HEADER = [
  ...['Label', 'Organization', 'Name Prefix', 'First Name', 'Middle Name', 'Last Name', 'Name Suffix', 'Street', 'Street 2'],
  ...['Zip/Postal Code', 'City', 'State', 'State Combined code', 'Country ISO2 code', 'Address ID', 'Phone', 'Primary'],
  ...['Customer User Id', 'Email Address', 'Owner Username', 'Billing', 'Default Billing', 'Shipping', 'Default Shipping', 'Delete'],
];

const HERE: Cells = {
  Organization: 'Acme',
  Street: '1215 Caldwell Road',
  'Zip/Postal Code': '14608',
  City: 'Rochester',
  'State Combined code': 'US-NY',
  'Country ISO2 code': 'US',
};

describe('Imports of addresses', () => {
  let product: Product;
  let people: ImportDesk;
  let companies: ImportDesk;
  let customerId: number;
  let number = 0;

  beforeAll(async () => {
    product = await startProduct();
    people = new ImportDesk(product, 'customer-user-addresses');
    companies = new ImportDesk(product, 'customer-addresses');
    customerId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
  });

  afterAll(() => product.close());

  async function aPerson(): Promise<{ id: number; email: string; book: string }> {
    const email = `person-${++number}@northwind.example`;
    const draft = { email, firstName: 'Zoë', lastName: 'Müller', customerId };
    const { body } = await product.admin.post<{ id: number }>('/admin/api/customer-users', draft);
    return { id: body.id, email, book: `/admin/api/customer-users/${body.id}/addresses` };
  }

  const bookOf = (customerUserId: number) => product.work.repository(Address).find({ where: { customerUserId }, order: { id: 'ASC' } });
  const aFile = (...rows: Cells[]): string => aFileOf(HEADER, ...rows);

  it('add, change and remove addresses, and keep one primary and one default of each type', async () => {
    const { id, email, book } = await aPerson();
    const first = await anAddress(product.admin, book, { types: [{ type: 'billing', default: true }] });
    const gone = await anAddress(product.admin, book);

    const run = await people.import(
      aFile(
        { ...HERE, 'Email Address': email.toUpperCase(), Street: 'New Street 1', 'Default Billing': 1, Primary: 1 },
        { 'Address ID': first.id, City: 'Buffalo' },
        { 'Address ID': gone.id, Delete: 1 },
        { ...HERE, 'Customer User Id': id, 'Country ISO2 code': 'us', 'State Combined code': '', State: 'new york', 'Default Billing': 1 },
        { 'Address ID': first.id, City: 'Buffalo' },
      ),
    );

    expect(run).toMatchObject({ status: 'completed', counts: { added: 2, replaced: 1, deleted: 1, unchanged: 1, failed: 0 } });
    expect(await bookOf(id)).toEqual([
      expect.objectContaining({ id: first.id, city: 'Buffalo', isPrimary: false, billing: true, defaultBilling: false }),
      expect.objectContaining({ street: 'New Street 1', isPrimary: true, defaultBilling: false, billing: true, regionCode: 'US-NY' }),
      expect.objectContaining({ isPrimary: false, defaultBilling: true, regionCode: 'US-NY', regionText: null, countryCode: 'US' }),
    ]);
    const { body } = await product.admin.get<{ items: object[] }>(`/admin/api/customer-users/${id}/history?sort=-id&limit=1`);
    expect(body.items).toEqual([expect.objectContaining({ via: 'import', changes: { addresses: expect.any(Object) as object } })]);
  });

  it('say of each bad row what is wrong with it, and leave its book', async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    const address = await anAddress(product.admin, one.book);

    const run = await people.import(
      aFile(
        { ...HERE, 'Email Address': 'nobody@northwind.example' },
        { ...HERE },
        { 'Address ID': address.id, 'Customer User Id': other.id },
        { 'Address ID': 4711, City: 'X' },
        { 'Customer User Id': one.id, 'Country ISO2 code': 'XX', Organization: 'Acme', Street: 'S' },
        { 'Customer User Id': one.id, Delete: 1 },
        { 'Address ID': address.id, 'State Combined code': 'DE-BE', Phone: '12' },
        { 'Address ID': address.id, Primary: 0 },
      ),
    );

    expect(run.counts).toMatchObject({ failed: 8 });
    expect(await people.errorsOf(run)).toEqual(
      [
        'row 1, Email Address: there is no customer user of this email address',
        'row 2, Customer User Id: is required of a new address',
        'row 3, Customer User Id: an address never changes its owner',
        'row 4, Address ID: there is no such address',
        'row 5, City: is required',
        'row 5, Zip/Postal Code: is required',
        'row 5, Country ISO2 code: ISO 3166-1 has no such country; write it as in DE',
        'row 6, Address ID: is required of an address that is to be removed',
        'row 7, Phone: must be a phone number with its country, such as +49 30 1234567',
        'row 7, State Combined code: United States of America has no such region; write it as in US-NY',
        'row 8, Primary: A book has one primary address: make another one primary instead',
      ].map((text) => text.replace(': A book', ': a book')),
    );
    expect(await bookOf(one.id)).toHaveLength(1);
  });

  it('say at the column that names the owner what is wrong with him, and of a removed address that alone', async () => {
    const [ann, bob] = [await aPerson(), await aPerson()];
    const address = await anAddress(product.admin, ann.book);
    await product.admin.post('/admin/api/customers', { name: 'Contoso' });
    const theirs = await anAddress(product.admin, `/admin/api/customers/${customerId}/addresses`);

    const run = await people.import(
      aFile(
        { 'Address ID': address.id, 'Email Address': bob.email, Label: 'x' },
        { 'Address ID': address.id, 'Customer User Id': bob.id, 'Email Address': ann.email },
        { 'Address ID': address.id, Delete: 1 },
        { 'Address ID': address.id, Label: 'New' },
      ),
    );
    const named = await companies.import(
      aFileOf(['Address ID', 'Customer Id', 'Customer Name'], { 'Address ID': theirs.id, 'Customer Name': 'Contoso' }),
    );

    const { body } = await product.admin.get<{ items: object[] }>(`/admin/api/imports/${run.id}/errors`);
    expect(body.items).toMatchObject([
      { row: 1, column: 'Email Address', code: 'addresses.owner_fixed', value: bob.email },
      { row: 2, column: 'Customer User Id', code: 'addresses.owner_fixed', value: String(bob.id) },
      { row: 4, column: 'Address ID', code: 'addresses.unknown', value: String(address.id) },
    ]);
    expect(body.items).toHaveLength(3);
    expect(await companies.errorsOf(named)).toEqual(['row 1, Customer Name: an address never changes its owner']);
  });

  it('let the primary address go from one to another, whichever row comes first', async () => {
    const { id, book } = await aPerson();
    const [old, next] = [await anAddress(product.admin, book), await anAddress(product.admin, book)];

    const run = await people.import(aFile({ 'Address ID': old.id, Primary: 0 }, { 'Address ID': next.id, Primary: 1 }));

    expect(run.counts).toMatchObject({ failed: 0 });
    expect((await bookOf(id)).map(({ isPrimary }) => isPrimary)).toEqual([false, true]);
  });

  it('leave what was exported unchanged, of people and of customers', async () => {
    const { book, email, id } = await aPerson();
    await anAddress(product.admin, book, { label: '=1', types: [{ type: 'shipping', default: true }], phone: '+49 30 1234567' });
    await anAddress(product.admin, `/admin/api/customers/${customerId}/addresses`, { firstName: 'A', lastName: 'B', company: null });

    for (const desk of [people, companies]) {
      const file = await desk.export();
      const run = await desk.import(file, { force: 'true' });
      expect(run).toMatchObject({ status: 'completed', warnings: [] });
      expect(run.counts['unchanged']).toBe(run.counts['read']);
      expect(run.counts['read']).toBeGreaterThan(0);
    }
    const lines = (await people.export({ sort: '-id' })).split('\r\n');
    expect(lines[0]).toBe(HEADER.join(','));
    expect(lines[1]).toContain(`,+49301234567,1,${id},${email},admin@example.com,0,0,1,1,`.replace('+', "'+"));
    expect((await companies.export()).split('\r\n')[1]).toContain(`,1,${customerId},Northwind,admin@example.com,`);
  });

  it('change nothing when they only validate', async () => {
    const { id, book } = await aPerson();
    const address = await anAddress(product.admin, book);

    const run = await people.import(aFile({ 'Address ID': address.id, Delete: 1 }, { ...HERE, 'Customer User Id': id }), {
      mode: 'validate',
    });

    expect(run.counts).toMatchObject({ added: 1, deleted: 1 });
    expect(await bookOf(id)).toEqual([expect.objectContaining({ id: address.id })]);
  });
});
