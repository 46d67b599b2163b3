import { aCustomerUser, type CustomerUserBody } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { type Product, startProduct } from '../support/product.js';

const TIMES = 40;

describe('A customer who is renamed while his people are edited', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product.close());

  it('makes nobody try again: who loses a deadlock begins again until he is through', async () => {
    const { id: customerId } = await aCustomer(product.admin);
    const { id } = await aCustomerUser(product.admin, { customerId });
    const statuses: number[] = [];
    const edit = async (path: string, member: string) => {
      for (let i = 1; i <= TIMES; i += 1) statuses.push((await product.admin.patch(path, { [member]: `Name ${i}` })).status);
    };

    await Promise.all([
      edit(`/admin/api/customers/${customerId}`, 'name'),
      edit(`/admin/api/customer-users/${id}`, 'firstName'),
      edit(`/admin/api/customer-users/${id}`, 'lastName'),
    ]);

    expect(new Set(statuses)).toEqual(new Set([200]));
    const { body } = await product.admin.get<CustomerUserBody>(`/admin/api/customer-users/${id}`);
    expect(body).toMatchObject({ firstName: `Name ${TIMES}`, lastName: `Name ${TIMES}`, customer: { name: `Name ${TIMES}` } });
    expect(
      (await product.admin.get<{ items: object[] }>(`/admin/api/customer-users?filter[customerName]=Name ${TIMES}`)).body.items,
    ).toMatchObject([{ id }]);
  });
});
