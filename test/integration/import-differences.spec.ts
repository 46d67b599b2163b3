import { aFileOf, ImportDesk, type ImportRun } from '../support/imports/import-desk.js';
import { type Product, type Refused, startProduct } from '../support/product.js';
import { multipart } from '../support/imports/multipart.js';

interface Difference {
  row: number;
  outcome: string;
  changes: object;
}

describe('The differences of a validation', () => {
  let product: Product;
  let customerId: number;

  beforeAll(async () => {
    product = await startProduct();
    customerId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
  });

  afterAll(() => product.close());

  const differencesOf = async ({ id }: ImportRun, query = ''): Promise<Difference[]> =>
    (await product.admin.get<{ items: Difference[] }>(`/admin/api/imports/${id}/differences${query}`)).body.items;

  it('are told row by row where they are asked for', async () => {
    const people = new ImportDesk(product, 'customer-users');
    const header = ['First Name', 'Last Name', 'Email Address', 'Customer Id', 'Roles 1 Role'];
    const zoe = { 'First Name': 'Zoë', 'Last Name': 'Müller', 'Email Address': 'zoe@northwind.example', 'Customer Id': customerId };
    const buyer = { 'Roles 1 Role': 'ROLE_FRONTEND_BUYER' };
    await people.import(aFileOf(header, { ...zoe, ...buyer }));
    const file = aFileOf(
      header,
      { ...zoe, 'Last Name': 'Meier', 'Roles 1 Role': 'ROLE_FRONTEND_ADMINISTRATOR' },
      { ...zoe, 'Last Name': 'Meier' },
      { ...zoe, ...buyer, 'Email Address': 'new@northwind.example' },
      { 'Email Address': 'bad' },
    );

    const run = await people.import(file, { mode: 'validate', differences: 'true' });

    expect(run.counts).toMatchObject({ added: 1, replaced: 1, unchanged: 1, failed: 1 });
    expect(await differencesOf(run)).toEqual([
      {
        row: 1,
        outcome: 'replaced',
        changes: {
          lastName: { old: 'Müller', new: 'Meier' },
          roles: { old: ['ROLE_FRONTEND_BUYER'], new: ['ROLE_FRONTEND_ADMINISTRATOR'] },
        },
      },
      {
        row: 3,
        outcome: 'added',
        changes: expect.objectContaining({
          email: { old: null, new: 'new@northwind.example' },
          enabled: { old: null, new: true },
        }) as object,
      },
    ]);
    expect(await differencesOf(run, '?filter[outcome]=added')).toHaveLength(1);
    expect(await differencesOf(await people.import(file, { mode: 'validate' }))).toEqual([]);
  });

  it('are told of customers and addresses too', async () => {
    const customers = new ImportDesk(product, 'customers');
    const addresses = new ImportDesk(product, 'customer-addresses');
    const asked = { mode: 'validate', differences: 'true' };

    const rated = await customers.import(aFileOf(['Name', 'Internal rating Id'], { Name: 'Northwind', 'Internal rating Id': 3 }), asked);
    const added = await addresses.import(
      aFileOf(['Customer Id', 'Organization', 'Street', 'City', 'Zip/Postal Code', 'Country ISO2 code', 'State Combined code'], {
        ...{ 'Customer Id': customerId, Organization: 'Acme', Street: 'S', City: 'C', 'Zip/Postal Code': '1' },
        ...{ 'Country ISO2 code': 'US', 'State Combined code': 'US-NY' },
      }),
      asked,
    );

    expect(await differencesOf(rated)).toEqual([{ row: 1, outcome: 'replaced', changes: { internalRating: { old: null, new: 3 } } }]);
    expect(await differencesOf(added)).toEqual([
      {
        row: 1,
        outcome: 'added',
        changes: expect.objectContaining({ city: { old: null, new: 'C' }, primary: { old: null, new: true } }) as object,
      },
    ]);
  });

  describe('where case tells email addresses apart', () => {
    const header = ['First Name', 'Last Name', 'Email Address', 'Customer Id', 'Roles 1 Role'];
    const aRow = (email: string) => ({
      ...{ 'First Name': 'Rep', 'Last Name': 'Cole', 'Email Address': email },
      ...{ 'Customer Id': customerId, 'Roles 1 Role': 'ROLE_FRONTEND_BUYER' },
    });

    beforeAll(() => product.admin.put('/admin/api/settings/accounts.caseInsensitiveEmail', { value: false, organizationId: 1 }));

    it.each(['add', 'add-or-replace'])('are those of two people, close together and far apart: %s', async (strategy) => {
      const people = new ImportDesk(product, 'customer-users');
      const others = Array.from({ length: 2_000 }, (_, i) => aRow(`p${i}@${strategy}.example`));
      const mailbox = (name: string) => `${name}@${strategy}.example`;
      const file = aFileOf(header, aRow(mailbox('rep')), aRow(mailbox('REP')), ...others, aRow(mailbox('Rep')), aRow(mailbox('rep')));
      const counts = { added: 2_003, ...(strategy === 'add' ? { replaced: 0, failed: 1 } : { unchanged: 1, replaced: 0, failed: 0 }) };

      const validated = await people.import(file, { mode: 'validate', strategy, differences: 'true' });
      const run = await people.import(file, { strategy });

      expect((await differencesOf(validated, '?limit=3')).map(({ row, outcome }) => [row, outcome])).toEqual([
        [1, 'added'],
        [2, 'added'],
        [3, 'added'],
      ]);
      // Where nothing is written, a row that comes again much later is taken for a change.
      if (strategy === 'add') expect(validated.counts).toMatchObject(counts);
      else expect(validated.counts).toMatchObject({ added: 2_003, replaced: 1 });
      expect(run.counts).toMatchObject(counts);
    });
  });

  it('are not kept of an import', async () => {
    const fields = { entity: 'customers', differences: 'true' };
    const { body: payload, type } = multipart({ file: 'Name\nX\n', fields });
    const headers = { 'content-type': type, authorization: `Bearer ${product.admin.token}` };

    const answer = await product.app.inject({ method: 'POST', url: '/admin/api/imports', payload, headers });

    expect([answer.statusCode, answer.json<Refused>().errors]).toEqual([
      400,
      [expect.objectContaining({ pointer: '/differences', code: 'imports.differences_of_import' })],
    ]);
  });
});
