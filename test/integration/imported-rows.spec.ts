import { CustomerUser } from '../../src/customer-users/customer-user.entity.js';
import { aFileOf, type Cells, ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

const HEADER = ['ID', 'First Name', 'Last Name', 'Email Address', 'Customer Id', 'Roles 1 Role', 'Enabled'];

describe('What an import of customer users writes', () => {
  let product: Product;
  let desk: ImportDesk;
  let customerId: number;

  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customer-users');
    customerId = (await product.admin.post<{ id: number }>('/admin/api/customers', { name: 'Northwind' })).body.id;
  });

  afterAll(() => product.close());

  const aRow = (email: string, cells: Cells = {}): Cells => ({
    'First Name': 'Zoë',
    'Last Name': 'Müller',
    'Email Address': email,
    'Customer Id': customerId,
    'Roles 1 Role': 'ROLE_FRONTEND_BUYER',
    ...cells,
  });

  const person = (email: string) => product.work.repository(CustomerUser).findOneByOrFail({ email });

  it('gives an address to one that another one gives up in the same file', async () => {
    await desk.import(aFileOf(HEADER, aRow('first@northwind.example'), aRow('second@northwind.example')));
    const [first, second] = [await person('first@northwind.example'), await person('second@northwind.example')];

    const run = await desk.import(
      aFileOf(
        HEADER,
        { ID: first.id, 'Email Address': 'moved@northwind.example' },
        { ID: second.id, 'Email Address': 'first@northwind.example' },
        aRow('second@northwind.example', { 'First Name': 'New' }),
      ),
    );

    expect(run.counts).toMatchObject({ added: 1, replaced: 2, failed: 0 });
    expect((await person('moved@northwind.example')).id).toBe(first.id);
    expect((await person('first@northwind.example')).id).toBe(second.id);
    expect(await person('second@northwind.example')).toMatchObject({ firstName: 'New', uniqueEmail: 'second@northwind.example' });
  });
});
