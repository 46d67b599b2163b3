import { CustomerUsersRepository } from '../../src/customer-users/customer-users.repository.js';
import { CustomersRepository } from '../../src/customers/customers.repository.js';
import { CurrentContext, type Level, Rights } from '../../src/platform/context/index.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { anOrganization } from '../factories/organizations.js';
import { type Product, startProduct } from '../support/product.js';

/** Who is reached from the middle of a tree, with whatever rights. */
describe('The reach of a customer user', () => {
  let product: Product;
  const customers: Record<string, number> = {};
  const people: Record<string, number> = {};

  beforeAll(async () => {
    product = await startProduct();
    const { admin } = product;
    let parentId: number | null = null;
    for (const name of ['top', 'middle', 'below', 'deep']) {
      customers[name] = (await aCustomer(admin, { name, parentId })).id;
      parentId = customers[name];
    }
    customers['aside'] = (await aCustomer(admin, { name: 'aside', parentId: customers['top'] })).id;
    customers['other tree'] = (await aCustomer(admin, { name: 'other tree' })).id;
    for (const [name, customerId] of Object.entries(customers)) people[name] = (await aCustomerUser(admin, { customerId })).id;
    people['colleague'] = (await aCustomerUser(admin, { customerId: customers['middle'] })).id;
  });
  afterAll(() => product.close());

  /** Runs as the person in the middle, of `organizationId`. */
  function as<T>(level: Level, organizationId: number, work: () => Promise<T>): Promise<T> {
    const permissions = { customer: { view: level }, customer_user: { view: level } };
    const rights = new Rights([{ permissions, capabilities: {} }]);
    const who = { type: 'customer-user', side: 'storefront', id: people['middle'] ?? 0, name: 'Amanda Cole', globalAccess: false } as const;
    return product.inside(CurrentContext).runAs({ ...who, organizationId, customerId: customers['middle'], rights }, 'api', work);
  }

  const named = (names: Record<string, number>, ids: readonly number[]) =>
    Object.keys(names).filter((name) => ids.includes(names[name] ?? 0));

  const reachedCustomers = (level: Level, organizationId = 1) =>
    as(level, organizationId, async () =>
      named(
        customers,
        (await product.inside(CustomersRepository).reached().getMany()).map(({ id }) => id),
      ),
    );
  const reachedPeople = (level: Level, organizationId = 1) =>
    as(level, organizationId, async () =>
      named(
        people,
        (await product.inside(CustomerUsersRepository).reached().getMany()).map(({ id }) => id),
      ),
    );

  it.each<[Level, string[], string[]]>([
    ['none', [], []],
    ['own', [], ['middle']],
    ['customer', ['middle'], ['middle', 'colleague']],
    ['hierarchy', ['middle', 'below', 'deep'], ['middle', 'below', 'deep', 'colleague']],
  ])('at the level %s is the customers %j and the people of %j', async (level, expectedCustomers, expectedPeople) => {
    expect(await reachedCustomers(level)).toEqual(expectedCustomers);
    expect(await reachedPeople(level)).toEqual(expectedPeople);
  });

  it('ends at the organization', async () => {
    const { id } = await anOrganization(product);

    expect(await reachedCustomers('hierarchy', id)).toEqual([]);
    expect(await reachedPeople('hierarchy', id)).toEqual([]);
  });

  it('follows a branch that moves', async () => {
    const moved = await product.admin.patch(`/admin/api/customers/${customers['below']}`, { parentId: customers['aside'] });

    expect(moved.status).toBe(200);
    expect(await reachedCustomers('hierarchy')).toEqual(['middle']);
    await product.admin.patch(`/admin/api/customers/${customers['below']}`, { parentId: customers['middle'] });
    expect(await reachedCustomers('hierarchy')).toEqual(['middle', 'below', 'deep']);
  });
});
