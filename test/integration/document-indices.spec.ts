import { CommerceDocument } from '../../src/records/commerce-document.entity.js';
import { aCustomerUser } from '../factories/customer-users.js';
import { aCustomer } from '../factories/customers.js';
import { aDocument, manyOrders } from '../factories/documents.js';
import type { Listed } from '../support/client.js';
import { type Product, startProduct } from '../support/product.js';

jest.setTimeout(60_000);

interface Plan {
  detail?: string;
  key?: string;
  Extra?: string;
}

describe('A list of documents', () => {
  let product: Product;
  let customerId: number;
  let customerUserId: number;

  beforeAll(async () => {
    product = await startProduct();
    const { admin } = product;
    for (let i = 0; i < 8; i += 1) {
      const { id } = await aCustomer(admin);
      const { id: person } = await aCustomerUser(admin, { customerId: id });
      await manyOrders(product, 500, { customerId: id, customerUserId: person });
      [customerId, customerUserId] = [id, person];
    }
    if (!onSqlite()) await product.work.manager.query('ANALYZE TABLE commerce_documents');
    await aDocument(admin, { customerId, customerUserId });
  });
  afterAll(() => product.close());

  const onSqlite = () => product.work.manager.connection.options.type === 'better-sqlite3';

  /** How the database finds the first page of what `path` lists. */
  async function planOf(path: string): Promise<Plan[]> {
    const source = product.work.manager.connection;
    const { logger } = source;
    const statements: { sql: string; parameters: unknown[] }[] = [];
    const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters });
    source.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
    const { status } = await product.admin.get<Listed>(path);
    source.logger = logger;
    expect(status).toBe(200);
    const listing = statements.find(({ sql }) => sql.includes(source.getMetadata(CommerceDocument).tableName) && sql.includes('ORDER BY'));
    const bare = listing?.sql.replace(/^SET STATEMENT \S+ FOR /, '');
    return source.query<Plan[]>(`EXPLAIN ${onSqlite() ? 'QUERY PLAN ' : ''}${bare}`, listing?.parameters);
  }

  it.each<[string, () => string, string]>([
    ['of a customer user', () => `/customer-users/${customerUserId}/orders`, 'ix_commerce_documents_customer_user'],
    ['of a customer', () => `/customers/${customerId}/orders`, 'ix_commerce_documents_customer'],
    ['of one kind', () => '/commerce-documents/orders', 'ix_commerce_documents_placed_at'],
    ['by number', () => '/commerce-documents/orders?sort=number', 'ix_commerce_documents_number'],
  ])('%s is read and sorted by an index', async (_what, path, index) => {
    const plan = await planOf(`/admin/api${path()}`);

    expect(plan).toHaveLength(1);
    const [{ detail, key, Extra } = {}] = plan;
    if (onSqlite()) expect(detail).toMatch(new RegExp(`^SEARCH document USING INDEX ${index} `));
    else expect([key, Extra]).toEqual([index, expect.not.stringContaining('filesort')]);
  });

  it('finds an external id by an index', async () => {
    const [first] = await planOf('/admin/api/commerce-documents/orders?filter[externalId]=MANY-7&sort=externalId');

    expect(first?.key ?? first?.detail).toMatch(/(^|INDEX )uq_commerce_documents_external_id\b/);
  });
});
