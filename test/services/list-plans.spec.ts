import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import { load } from '../../src/commands/load/load.js';
import { customerUserListing } from '../../src/customer-users/customer-users.listing.js';
import { sortKeysOf } from '../../src/platform/listing/definition.js';
import { operatorsOf } from '../../src/platform/listing/fields.js';
import { aConsoleCaller } from '../factories/console-users.js';
import { type Caller, type Product, startProduct } from '../support/product.js';

/** Enough that the optimizer chooses as it does at a million. A database that holds one is tried with `LOADED_DATABASE_URL`. */
const PEOPLE = 20_000;

interface Statement {
  sql: string;
  parameters: unknown[];
}

interface Step extends RowDataPacket {
  table: string | null;
  type: string | null;
  key: string | null;
  rows: number | null;
  Extra: string | null;
}

const { definition } = customerUserListing;

/** For each filter a value that some people have. */
const VALUES: Record<string, string> = {
  id: '777',
  email: 'anna.ba',
  firstName: 'anna',
  lastName: 'hayes',
  customerId: '7',
  ancestorId: '7',
  customerName: 'acme valves',
  enabled: 'false',
  confirmed: 'false',
  guest: 'true',
  passwordStatus: 'reset',
  roleId: '7',
  salesRepresentativeId: '7',
  ownerId: '7',
  websiteId: '2',
  organizationId: '1',
  externalId: 'cu-77',
  lastLoginAt: '2026-09-30T00:00:00Z',
  createdAt: '2025-12-30T00:00:00Z',
  updatedAt: '2025-12-30T00:00:00Z',
};

const filters = Object.entries(definition.fields).flatMap(([name, field]) =>
  operatorsOf(field).map((operator) => [name, operator, operator === 'null' ? 'true' : (VALUES[name] ?? '')] as const),
);

describe('The statements of lists of customer users', () => {
  let product: Product;
  let seller: Caller;
  let connection: Connection;

  beforeAll(async () => {
    product = await startProduct();
    const dataSource = product.app.get(DataSource);
    await load(dataSource, { customerUsers: PEOPLE, passwordHash: 'x', tell: () => undefined });
    seller = await aConsoleCaller(product, { rights: { 'customer_user:view': 'organization' } });
    const url = process.env['LOADED_DATABASE_URL'] ?? product.configuration.database.location;
    connection = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' });
  });
  afterAll(async () => {
    await connection.end();
    await product.close();
  });

  /** What the product reads customer users with, in the order in which it does. */
  async function statementsOf(query: Record<string, string>, caller: Caller = product.admin): Promise<Statement[]> {
    const dataSource = product.app.get(DataSource);
    const { logger } = dataSource;
    const statements: Statement[] = [];
    const logQuery = (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters });
    dataSource.logger = Object.assign(Object.create(logger) as typeof logger, { logQuery });
    const { status } = await caller.get(`/admin/api/customer-users?${new URLSearchParams(query).toString()}`);
    dataSource.logger = logger;
    expect(status).toBe(200);
    return statements.filter(({ sql }) => sql.startsWith('SET STATEMENT'));
  }

  const explained = async ({ sql, parameters }: Statement): Promise<Step[]> =>
    (await connection.query<Step[]>(sql.replace(/^SET STATEMENT \S+ FOR /, 'EXPLAIN '), parameters))[0];

  async function rowsRead({ sql, parameters }: Statement): Promise<number> {
    await connection.query('FLUSH STATUS');
    await connection.query(sql, parameters);
    const [counters] = await connection.query<RowDataPacket[]>(
      "SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts'",
    );
    return counters.reduce((sum, counter) => sum + Number(counter['Value']), 0);
  }

  it.each([...sortKeysOf(definition).keys()].flatMap((key) => [key, `-${key}`]))('walk an index in the order of %s', async (sort) => {
    for (const caller of [product.admin, seller])
      for (const statement of await statementsOf({ sort }, caller)) {
        const [step] = await explained(statement);
        expect([step?.type, step?.Extra]).not.toEqual(['ALL', expect.anything()]);
        expect(step?.Extra ?? '').not.toContain('filesort');
        expect(await rowsRead(statement)).toBeLessThan(60);
      }
  });

  it.each(filters)('find by an index what %s %s lets through, and count it', async (name, operator, value) => {
    const scanned: Step[] = [];
    for (const statement of await statementsOf({ [`filter[${name}][${operator}]`]: value, total: 'true' }))
      scanned.push(...(await explained(statement)).filter(({ table, type }) => table === 'person' && type === 'ALL'));
    expect(scanned).toEqual([]);
  });

  it.each(['brenda', 'a', 'acme bren', 'hayes@acme'])('find q=%s by the index of words', async (q) => {
    let read = 0;
    for (const statement of await statementsOf({ q, sort: '-createdAt' })) read += await rowsRead(statement);
    // Ten thousand entries are counted of each word, and at a million as many people have the rarer one.
    expect(read).toBeLessThan(150_000);
  });

  it.each(['lastName', '-createdAt', 'email', 'lastLoginAt', '-lastLoginAt', 'enabled', '-websiteId', 'guest', 'customerName'])(
    'cost on a deep page by %s what page 1 costs',
    async (sort) => {
      const [, , column = ''] = /^(-?)(.*)$/.exec(sort) ?? [];
      const key = sortKeysOf(definition).get(column);
      const repository = product.app.get(DataSource).getRepository<Record<string, unknown>>('CustomerUser');
      const member = key?.column.split('.')[1] ?? 'id';
      const [row] = await repository.find({
        order: { [member]: sort.startsWith('-') ? 'DESC' : 'ASC', id: sort.startsWith('-') ? 'DESC' : 'ASC' },
        skip: PEOPLE * 0.8,
        take: 1,
      });
      const cursor = customerUserListing.cursorAt(row ?? {}, customerUserListing.parse({ sort }));
      const cost = async (query: Record<string, string>) => {
        let read = 0;
        for (const statement of await statementsOf(query)) read += await rowsRead(statement);
        return read;
      };
      const [first, deep] = [await cost({ sort }), await cost({ sort, cursor })];
      // One page more at most: ids first, then their rows, where keys are equal.
      expect(deep).toBeLessThanOrEqual(2 * first + 60);
    },
  );
});
