import { DataSource } from 'typeorm';
import { load } from '../../src/commands/load/load.js';
import { aCustomer } from '../factories/customers.js';
import type { Listed } from '../support/client.js';
import { eventually } from '../support/jobs/eventually.js';
import { type Product, startProduct } from '../support/product.js';

/** More than the people of one step, twice. */
const PEOPLE = 1_203;

describe('A customer of very many people', () => {
  let product: Product;
  let customerId: number;

  beforeAll(async () => {
    product = await startProduct();
    const source = product.inside(DataSource);
    await load(source, { customerUsers: PEOPLE, passwordHash: 'x', tell: () => undefined });
    ({ id: customerId } = await aCustomer(product.admin, { name: 'Old Name' }));
    await source.query('UPDATE customer_users SET customer_id = ?', [customerId]);
  });
  afterAll(() => product.close());

  const totalOf = async (query: string) =>
    (await product.admin.get<Listed<{ version: number }>>(`/admin/api/customer-users?limit=200&total=true&${query}`)).body.page.total;

  it('is found under a new name with all of them, by filter and by words, and none of them has changed', async () => {
    const { status } = await product.admin.patch(`/admin/api/customers/${customerId}`, { name: 'Zebra Works' });
    expect(status).toBe(200);

    await eventually(async () => (await totalOf('filter[customerName]=Zebra Works')) === PEOPLE, 'all people are found');
    expect(await totalOf('q=zebra')).toBe(PEOPLE);
    const { body } = await product.admin.get<Listed<{ version: number }>>('/admin/api/customer-users?q=zebra&limit=200');
    expect(new Set(body.items.map(({ version }) => version))).toEqual(new Set([1]));
  });
});
