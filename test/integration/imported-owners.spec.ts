import { aConsoleCaller } from '../factories/console-users.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { anOrganization } from '../factories/organizations.js';
import { ImportDesk } from '../support/imports/import-desk.js';
import { type Product, startProduct } from '../support/product.js';

describe('The owner in files of customer users', () => {
  let product: Product;
  let desk: ImportDesk;

  beforeAll(async () => {
    product = await startProduct();
    desk = new ImportDesk(product, 'customer-users');
  });

  afterAll(() => product.close());

  it('is named in what somebody exports of another organization', async () => {
    const { id: organizationId } = await anOrganization(product);
    const there = await aConsoleCaller(product, { organizationId });
    const { id, email } = await aCustomerUser(there, { ownerId: there.userId });
    const everywhere = await aConsoleCaller(product, { globalAccess: true, capabilities: ['export'] });

    const file = await desk.as(everywhere).export({ filter: { organizationId }, columns: ['ID', 'email', 'ownerId', 'ownerUsername'] });

    const { body: owner } = await everywhere.get<{ email: string }>(`/admin/api/users/${there.userId}`);
    expect(file).toBe(`ID,Email Address,Owner Id,Owner Username\r\n${id},${email},${there.userId},${owner.email}\r\n`);
  });
});
